package kvit

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

var byPlace = regexp.MustCompile(`\{(\w+)\}`)
var noLetter = regexp.MustCompile(`[^A-Za-z0-9]+`)

// What the server showed of its routes, in a test of its own, is read by the types of this package: field by field, and nothing is left over.
func TestExamplesOfTheServerAreRead(t *testing.T) {
	text, err := os.ReadFile("../../src/platform/http/api-examples.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples map[string]struct{ Request, Answer json.RawMessage }
	if err := json.Unmarshal(text, &examples); err != nil {
		t.Fatal(err)
	}
	methods := map[string]reflect.Method{}
	client := reflect.TypeFor[*Client]()
	for at := range client.NumMethod() {
		method := client.Method(at)
		methods[strings.ToLower(method.Name)] = method
	}
	for name, example := range examples {
		verb, path, _ := strings.Cut(name, " ")
		spoken := byPlace.ReplaceAllString(strings.TrimPrefix(path, "/v1"), "by-$1")
		method, isThere := methods[strings.ToLower(noLetter.ReplaceAllString(verb+spoken, ""))]
		if !isThere {
			t.Errorf("no method for %s", name)
			continue
		}
		read(t, name, example.Answer, method.Type.Out(0))
		// The options come last, and the body before them.
		if body := method.Type.In(method.Type.NumIn() - 2); example.Request != nil && strings.HasSuffix(body.Name(), "Body") {
			read(t, name, example.Request, body)
		}
	}
	if len(examples) < 20 {
		t.Fatalf("%d examples", len(examples))
	}
}

func read(t *testing.T, name string, text json.RawMessage, into reflect.Type) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(reflect.New(into).Interface()); err != nil {
		t.Errorf("%s: %s is not read by %s: %s", name, cut(text), into, err)
	}
}
