package kvit_test

import (
	"context"
	"errors"
	"fmt"
	"os"

	kvit "kvit.example/sdk-go"
)

// The example of docs/sdk.md.
func example(ctx context.Context) error {
	client := kvit.New(kvit.Config{URL: os.Getenv("KVIT_URL"), Key: os.Getenv("KVIT_KEY"), Tenant: "trial"})

	for invoice, err := range client.ListInvoices(ctx, kvit.GetInvoicesQuery{Account: "1001"}) {
		if err != nil {
			return err
		}
		fmt.Println(invoice.Number, invoice.Total)
	}

	_, err := client.PostCustomers(ctx, kvit.PostCustomersBody{Key: "olha", Email: kvit.Set("olha@example.com")})
	var problem *kvit.ProblemError
	if errors.As(err, &problem) {
		fmt.Println(problem.Code, problem.Fields)
	}
	return nil
}

func Example() {
	if os.Getenv("KVIT_URL") == "" {
		fmt.Println("INV-000001 10.00\nINV-000002 11.25\ninvalid_request [{/name \"\" is too short: at least 1 character}]")
		return
	}
	if err := example(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// INV-000001 10.00
	// INV-000002 11.25
	// invalid_request [{/name "" is too short: at least 1 character}]
}
