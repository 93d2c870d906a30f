package kvit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// The client against the server of KVIT_URL, in which the account `go` is; `./kvit test test/sdk.test.ts` starts one.

// losing loses the first answer to each request, after the server has done what it was asked.
type losing map[string]bool

func (l losing) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(request)
	name := request.URL.String() + request.Header.Get("Idempotency-Key")
	if err != nil || l[name] {
		return response, err
	}
	l[name] = true
	response.Body.Close()
	return nil, errors.New("the connection was lost")
}

// answering answers with these, one after another.
type answering []*http.Response

func (a *answering) RoundTrip(*http.Request) (*http.Response, error) {
	response := (*a)[0]
	*a = (*a)[1:]
	return response, nil
}

func clientWith(t *testing.T, transport http.RoundTripper) (*Client, *[]time.Duration) {
	if os.Getenv("KVIT_URL") == "" {
		t.Skip("no server in KVIT_URL")
	}
	waits := &[]time.Duration{}
	sleep := func(ctx context.Context, pause time.Duration) error {
		*waits = append(*waits, pause)
		return ctx.Err()
	}
	config := Config{URL: os.Getenv("KVIT_URL"), Key: os.Getenv("KVIT_KEY"), Tenant: os.Getenv("KVIT_TENANT"), Sleep: sleep}
	if transport != nil {
		config.HTTPClient = &http.Client{Transport: transport}
	}
	return New(config), waits
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestALostAnswerHasOneEffect(t *testing.T) {
	ctx := context.Background()
	lossy, _ := clientWith(t, losing{})
	kvit, _ := clientWith(t, nil)
	made := must[Payment](t)(lossy.PostPayments(ctx, PostPaymentsBody{
		Key: Ptr("go-cut"), Account: "go", Amount: "5.00", Currency: "EUR", Method: "cash", ReceivedOn: Ptr("2026-02-10"),
	}))
	var found []string
	for payment, err := range kvit.ListPayments(ctx, GetPaymentsQuery{Account: "go"}) {
		found = append(found, must[Payment](t)(payment, err).ID)
	}
	if !slices.Equal(found, []string{made.ID}) {
		t.Fatalf("%v, not %s alone", found, made.ID)
	}
	var lost *NoAnswerError
	if _, err := lossy.PostKeys(ctx, PostKeysBody{Name: "go", Scopes: []string{"usage:write"}}); !errors.As(err, &lost) {
		t.Fatalf("a key is made once: %v", err)
	}
}

func TestAListThatGrowsHasEachItemOnceAndFieldsAreSetAndEmptied(t *testing.T) {
	ctx := context.Background()
	kvit, _ := clientWith(t, nil)
	lossy, _ := clientWith(t, losing{})
	add := func(at int) {
		body := PostCustomersBody{Key: fmt.Sprintf("go-row-%d", at), Name: "A row of Go"}
		must[Customer](t)(kvit.PostCustomers(ctx, body))
	}
	for at := range 5 {
		add(at)
	}
	var seen []string
	for customer, err := range lossy.ListCustomers(ctx, GetCustomersQuery{Text: "A row of Go", Limit: 2}) {
		if seen = append(seen, must[Customer](t)(customer, err).Key); len(seen) == 1 {
			add(5)
		}
	}
	if text := strings.Join(seen, " "); text != "go-row-0 go-row-1 go-row-2 go-row-3 go-row-4 go-row-5" {
		t.Fatal(text)
	}
	set := must[Customer](t)(kvit.PatchCustomersByReference(ctx, "go-row-0", PatchCustomersByReferenceBody{Email: Set("row@example.com")}))
	emptied := must[Customer](t)(kvit.PatchCustomersByReference(ctx, "go-row-0", PatchCustomersByReferenceBody{Email: Null[string]()}))
	if *set.Email != "row@example.com" || emptied.Email != nil || emptied.Name != "A row of Go" {
		t.Fatalf("%+v, %+v", set, emptied)
	}
	whole := must[Account](t)(kvit.GetAccountsByReference(ctx, "go", GetAccountsByReferenceQuery{Expand: []string{"customer"}}))
	if whole.Customer.Whole == nil || whole.Customer.Whole.Key != "go" {
		t.Fatalf("%+v", whole.Customer)
	}
}

func TestARefusalHasItsCodeAndFields(t *testing.T) {
	ctx := context.Background()
	kvit, _ := clientWith(t, nil)
	var problem *ProblemError
	_, err := kvit.PostCustomers(ctx, PostCustomersBody{Key: "x"})
	if !errors.As(err, &problem) || problem.Code != "invalid_request" || problem.Status != 400 || problem.Fields[0].Path != "/name" {
		t.Fatalf("%#v", err)
	}
	if _, err := kvit.GetInvoicesByReference(ctx, "no/such", GetInvoicesByReferenceQuery{}); !errors.As(err, &problem) || problem.Code != "not_found" {
		t.Fatalf("%#v", err)
	}
	if _, err := kvit.GetInvoicesByReference(ctx, "..", GetInvoicesByReferenceQuery{}); err == nil {
		t.Fatal("two dots lead elsewhere")
	}
}

func TestUsageIsChargedOnceAndEventsTell(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	kvit, _ := clientWith(t, nil)
	lossy, _ := clientWith(t, losing{})
	newest := must[GetEventsAnswer](t)(kvit.GetEvents(ctx, GetEventsQuery{Order: "newest", Limit: 1})).Items[0]
	totals := must[UsageTotals](t)(lossy.SendUsage(ctx, records(1500)))
	if totals.Received != 1500 || totals.Duplicates != 1500 || totals.Suspended != 0 {
		t.Fatalf("%+v", totals)
	}
	day := GetUsageRecordsCSVQuery{Account: "go", From: "2026-02-09T00:00:00Z", Until: "2026-02-10T00:00:00Z"}
	csv := must[[]byte](t)(kvit.GetUsageRecordsCSV(ctx, day))
	if lines := strings.Count(strings.TrimSpace(string(csv)), "\n"); lines != 1500 {
		t.Fatalf("%d records", lines)
	}
	statement := must[[]byte](t)(kvit.DownloadAccountsByReferenceStatement(ctx, "go", GetAccountsByReferenceStatementQuery{Format: "csv"}))
	if first, _, _ := strings.Cut(string(statement), "\n"); !strings.Contains(first, ",") {
		t.Fatal(first)
	}
	must[Customer](t)(kvit.PostCustomers(ctx, PostCustomersBody{Key: "go-told", Name: "Told"}))
	query := GetEventsQuery{Type: "customer.created", Cursor: newest.ID}
	for event, err := range kvit.Events(ctx, query, time.Millisecond) {
		if errors.Is(err, context.Canceled) {
			return
		}
		if string(must[Event](t)(event, err).Data["key"]) == `"go-told"` {
			cancel()
		}
	}
	t.Fatal("the end of the context is told")
}

func records(count int) iter.Seq[UsageRecordInput] {
	return func(yield func(UsageRecordInput) bool) {
		for at := range count {
			record := UsageRecordInput{
				ID: fmt.Sprintf("go-%d", at), Source: "go", Service: "go", Type: "call",
				Time: "2026-02-09T12:00:00Z", Data: map[string]any{"minutes": "1.5"},
			}
			if !yield(record) {
				return
			}
		}
	}
}

func answer(status int, text, retryAfter string) *http.Response {
	header := http.Header{}
	if retryAfter != "" {
		header.Set("Retry-After", retryAfter)
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(text))}
}

func TestWhatMayPassIsSentAgainAndWhatIsNotKvitIsTold(t *testing.T) {
	ctx := context.Background()
	busy := `{"code":"too_many_requests","status":429,"detail":"wait"}`
	kvit, waits := clientWith(t, &answering{answer(429, busy, "3"), answer(502, "<html>", ""), answer(200, "{}", "")})
	must[OwnAccount](t)(kvit.GetMe(ctx))
	if len(*waits) != 2 || (*waits)[0] < 3*time.Second {
		t.Fatal(*waits)
	}
	for _, status := range []int{404, 200} {
		strange, _ := clientWith(t, &answering{answer(status, "<html>", "")})
		var notKvit *AnswerError
		if _, err := strange.GetMe(ctx); !errors.As(err, &notKvit) || notKvit.Text != "<html>" {
			t.Fatalf("%#v", err)
		}
	}
	long, _ := clientWith(t, &answering{answer(429, busy, "90")})
	var problem *ProblemError
	if _, err := long.GetMe(ctx); !errors.As(err, &problem) || problem.Code != "too_many_requests" {
		t.Fatalf("%#v", err)
	}
}
