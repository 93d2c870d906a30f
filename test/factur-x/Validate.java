import org.mustangproject.validator.ZUGFeRDValidator;

/** Prints what the validator of the Mustang project says of each file: PDF/A by veraPDF, XML by the rules of EN 16931. */
public class Validate {
  public static void main(String[] files) {
    for (String file : files) System.out.println(new ZUGFeRDValidator().validate(file));
  }
}
