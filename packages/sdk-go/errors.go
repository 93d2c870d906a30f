package kvit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// A ProblemError says that Kvit turned the request down (RFC 9457). Code is what a program decides by.
type ProblemError struct {
	Status    int    `json:"status"`
	Code      string `json:"code"`
	Detail    string `json:"detail"`
	RequestID string `json:"requestId"`
	// Fields at fault, where it says which.
	Fields []FieldError `json:"-"`
	// Problem is the whole of it.
	Problem map[string]any `json:"-"`
}

// A FieldError says what is wrong with a field, and where it stands in what was sent.
type FieldError struct{ Path, Message string }

func (e *ProblemError) Error() string { return e.Code + ": " + e.Detail }

// An AnswerError is an answer that is not Kvit's: a proxy's page, for example.
type AnswerError struct {
	Status int
	// Text is how it begins.
	Text string
}

func (e *AnswerError) Error() string {
	return fmt.Sprintf("the answer %d is not one of Kvit: see the address", e.Status)
}

// A NoAnswerError says that no answer came; what the request did is unknown.
type NoAnswerError struct{ Err error }

func (e *NoAnswerError) Error() string { return "no answer: " + e.Err.Error() }

// Unwrap gives what was in the way: context.DeadlineExceeded where it took too long.
func (e *NoAnswerError) Unwrap() error { return e.Err }

// As much of an answer that is not Kvit's as an error keeps.
const keptText = 500

func cut(content []byte) string { return string(content[:min(len(content), keptText)]) }

// What an answer without success says.
func errorOf(status int, content []byte) error {
	var problem ProblemError
	if json.Unmarshal(content, &problem) != nil || problem.Code == "" || json.Unmarshal(content, &problem.Problem) != nil {
		return &AnswerError{status, cut(content)}
	}
	rows, _ := problem.Problem["errors"].([]any)
	for _, row := range rows {
		fields, _ := row.(map[string]any)
		path, hasPath := fields["path"].(string)
		message, hasMessage := fields["message"].(string)
		if hasPath && hasMessage {
			problem.Fields = append(problem.Fields, FieldError{path, message})
		}
	}
	return &problem
}

// What is known of a request that failed: nothing was done, it is unknown what, or the refusal stays.
type outcome int

const (
	final outcome = iota
	nothingDone
	unknown
)

func outcomeOf(err error) outcome {
	var noAnswer *NoAnswerError
	var answer *AnswerError
	var problem *ProblemError
	switch {
	case errors.As(err, &noAnswer):
		return unknown
	case errors.As(err, &answer):
		// So those in between say that the server is away.
		if slices.Contains([]int{http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}, answer.Status) {
			return unknown
		}
	case errors.As(err, &problem):
		if problem.Code == "too_many_requests" || problem.Code == "overloaded" {
			return nothingDone
		}
		if problem.Status == http.StatusServiceUnavailable && problem.Code != "secrets_unavailable" {
			return unknown
		}
	}
	return final
}

// How long is waited between attempts: a quarter of a second, twice as long each time. Who is told to wait for longer than a minute
// hears of it, and decides.
const (
	firstPause   = 250 * time.Millisecond
	longestPause = 8 * time.Second
	longestAsked = time.Minute
)

// How long to wait before the request is sent again, and whether that is short enough.
func pauseOf(attempt int, asked time.Duration) (time.Duration, bool) {
	grown := min(longestPause, firstPause<<min(attempt-1, 10))
	spread := time.Duration(rand.Int64N(int64(grown / 2)))
	if asked < 0 {
		return grown/2 + spread, true
	}
	return asked + spread, asked <= longestAsked
}

// What Retry-After asks for: seconds, or a time, which is held against the answer's own Date; negative where it asks for nothing.
func askedPause(header http.Header) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 30); err == nil {
		return time.Duration(seconds) * time.Second
	} else if errors.Is(err, strconv.ErrRange) {
		return longestAsked + time.Second
	}
	until, err := http.ParseTime(text)
	now, other := http.ParseTime(header.Get("Date"))
	if err != nil || other != nil {
		return -1
	}
	return max(0, until.Sub(now))
}

func sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
