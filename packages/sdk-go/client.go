// Package kvit is a typed client of Kvit: every route of its API, with the standard library alone.
//
// What fails and may pass is sent again, with the same idempotency key.
package kvit

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How often a request is sent again, how long one attempt may take, and how many items a page of a list has.
const (
	defaultRetries = 5
	defaultTimeout = time.Minute
	pageSize       = 200
)

// Config says where the server is and who asks.
type Config struct {
	// URL of the server: https://billing.example.
	URL string
	// Key is an API key.
	Key string
	// Tenant to work in, where the key opens several.
	Tenant string
	// HTTPClient sends the requests; one without redirects when nil. What was sent to one address is not sent to another.
	HTTPClient *http.Client
	// Timeout of one attempt; a minute when zero.
	Timeout time.Duration
	// Retries says how often a request is sent again after a failure that may pass: 5 when zero, never when negative.
	Retries int
	// Sleep waits between attempts, in tests; until the context ends it when nil.
	Sleep func(context.Context, time.Duration) error
}

// Client of one server. It may be used by many goroutines at once.
type Client struct {
	config Config
}

// New makes a client.
func New(config Config) *Client {
	config.URL = strings.TrimRight(config.URL, "/")
	if config.HTTPClient == nil {
		config.HTTPClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	if config.Timeout == 0 {
		config.Timeout = defaultTimeout
	}
	if config.Retries == 0 {
		config.Retries = defaultRetries
	}
	if config.Sleep == nil {
		config.Sleep = sleep
	}
	return &Client{config}
}

// An Option of one request.
type Option func(*call)

// WithIdempotencyKey makes a write have one effect, however often it is sent. A key is made for each call without it.
func WithIdempotencyKey(key string) Option { return func(c *call) { c.key = key } }

// WithContentType says what a body that is no JSON is.
func WithContentType(contentType string) Option { return func(c *call) { c.contentType = contentType } }

// WithTimeout is for one attempt.
func WithTimeout(timeout time.Duration) Option { return func(c *call) { c.timeout = timeout } }

// Ptr is for fields that may be left out: kvit.Ptr("en").
func Ptr[T any](value T) *T { return &value }

// Nullable is a field that may be left out (nil), emptied (Null) or set (Set).
type Nullable[T any] struct{ value *T }

// Set is for fields that may be empty: kvit.Set("olha@example.com").
func Set[T any](value T) *Nullable[T] { return &Nullable[T]{&value} }

// Null empties a field: kvit.Null[string]().
func Null[T any]() *Nullable[T] { return &Nullable[T]{} }

// MarshalJSON writes null, or the value.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.value) }

// KeyOr is a key or id, or the whole thing where the request asked for it with Expand.
type KeyOr[T any] struct {
	Key   string
	Whole *T
}

// UnmarshalJSON reads either.
func (k *KeyOr[T]) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &k.Key)
	}
	return json.Unmarshal(data, &k.Whole)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (n *Nullable[T]) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &n.value) }

type call struct {
	key         string
	contentType string
	timeout     time.Duration
}

type place struct{ name, value string }

type request struct {
	method string
	path   string
	places []place
	query  url.Values
	body   any
}

func (c *Client) json(ctx context.Context, asked request, answer any, options []Option) error {
	content, err := c.bytes(ctx, asked, options)
	if err != nil {
		return err
	}
	if !json.Valid(content) {
		return &AnswerError{Status: http.StatusOK, Text: cut(content)}
	}
	return json.Unmarshal(content, answer)
}

// Sends a request until it is answered, or it is no use.
func (c *Client) bytes(ctx context.Context, asked request, options []Option) ([]byte, error) {
	address, err := addressOf(asked)
	if err != nil {
		return nil, err
	}
	sent := call{key: randomKey(), contentType: "application/json", timeout: c.config.Timeout}
	content, isRaw := asked.body.([]byte)
	if isRaw {
		sent.contentType = "application/octet-stream"
	} else if asked.body != nil {
		if content, err = json.Marshal(asked.body); err != nil {
			return nil, err
		}
	}
	for _, option := range options {
		option(&sent)
	}
	for attempt := 1; ; attempt++ {
		answer, wait, err := c.attempt(ctx, asked.method, address, content, sent)
		if err == nil {
			return answer, nil
		}
		if ctx.Err() != nil {
			return nil, errors.Join(ctx.Err(), err)
		}
		outcome := outcomeOf(err)
		canRepeat := !slices.Contains(sentOnce, asked.method+" "+asked.path)
		pause, isShort := pauseOf(attempt, wait)
		if attempt > c.config.Retries || outcome == final || !isShort || (outcome == unknown && !canRepeat) {
			return nil, err
		}
		if err := c.config.Sleep(ctx, pause); err != nil {
			return nil, err
		}
	}
}

// One attempt; what the server asks to wait is negative where it asks for nothing.
func (c *Client) attempt(ctx context.Context, method, address string, content []byte, sent call) ([]byte, time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, sent.timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, c.config.URL+address, bytes.NewReader(content))
	if err != nil {
		return nil, -1, err
	}
	request.Header.Set("Kvit-Version", APIVersion)
	if c.config.Key != "" {
		request.Header.Set("Authorization", "Bearer "+c.config.Key)
	}
	if c.config.Tenant != "" {
		request.Header.Set("Kvit-Tenant", c.config.Tenant)
	}
	if method != http.MethodGet {
		request.Header.Set("Idempotency-Key", sent.key)
	}
	if content != nil {
		request.Header.Set("Content-Type", sent.contentType)
	}
	response, err := c.config.HTTPClient.Do(request)
	// It names the address, which may have a secret in it.
	if named := (*url.Error)(nil); errors.As(err, &named) {
		err = named.Err
	}
	if err != nil {
		return nil, -1, &NoAnswerError{Err: err}
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, -1, &NoAnswerError{Err: err}
	}
	if response.StatusCode >= 200 && response.StatusCode < 300 {
		return answer, -1, nil
	}
	return nil, askedPause(response.Header), errorOf(response.StatusCode, answer)
}

// Parameters in their places, and the others as a query.
func addressOf(asked request) (string, error) {
	path := asked.path
	for _, place := range asked.places {
		// Those in between take these for the folder itself and the one above, written out or not.
		if place.value == "" || place.value == "." || place.value == ".." {
			return "", fmt.Errorf("%s: %s cannot be %q", asked.path, place.name, place.value)
		}
		path = strings.Replace(path, "{"+place.name+"}", url.PathEscape(place.value), 1)
	}
	if len(asked.query) == 0 {
		return path, nil
	}
	return path + "?" + asked.query.Encode(), nil
}

func putText(values url.Values, name, value string) {
	if value != "" {
		values.Set(name, value)
	}
}

// Nought is a number where one is needed, and nothing where none is.
func putNumber(values url.Values, name string, value int64, isNeeded bool) {
	if value != 0 || isNeeded {
		values.Set(name, strconv.FormatInt(value, 10))
	}
}

func putFlag(values url.Values, name string, value *bool) {
	if value != nil {
		values.Set(name, strconv.FormatBool(*value))
	}
}

func putList(values url.Values, name string, value []string) {
	if len(value) > 0 {
		values.Set(name, strings.Join(value, ","))
	}
}

func putMap(values url.Values, name string, value map[string]string) {
	for key, text := range value {
		values.Set(name+"["+key+"]", text)
	}
}

func randomKey() string {
	key := make([]byte, 16)
	if _, err := rand.Read(key); err != nil {
		panic(err)
	}
	return hex.EncodeToString(key)
}
