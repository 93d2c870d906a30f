package kvit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"strconv"
	"time"
)

// Records of one delivery of usage.
const usageBatch = 1000

type page[T any] struct {
	Items      []T     `json:"items"`
	NextCursor *string `json:"nextCursor"`
}

// All items of a list, page by page as they are read.
func list[T any](ctx context.Context, c *Client, asked request, options []Option) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		query := maps.Clone(asked.query)
		if !query.Has("limit") {
			query.Set("limit", strconv.Itoa(pageSize))
		}
		seen := map[string]bool{}
		for {
			var found page[T]
			if err := c.json(ctx, request{asked.method, asked.path, asked.places, query, nil}, &found, options); err != nil {
				yield(none, err)
				return
			}
			for _, item := range found.Items {
				if !yield(item, nil) {
					return
				}
			}
			if found.NextCursor == nil {
				return
			}
			// One that leads back, to itself or to a page of before, would lead there for ever.
			if seen[*found.NextCursor] {
				yield(none, fmt.Errorf("the pages come back to %s", *found.NextCursor))
				return
			}
			seen[*found.NextCursor] = true
			query.Set("cursor", *found.NextCursor)
			query.Del("before")
		}
	}
}

// UsageTotals is what became of all that was sent. What is suspended is not lost: it waits with its reason.
type UsageTotals struct{ Received, Charged, Suspended, Duplicates int64 }

// SendUsage sends all records there are, delivery by delivery: no more of them are read than the server has answered for. A delivery
// that is sent again charges nothing twice, since a record is known by its source and id.
func (c *Client) SendUsage(ctx context.Context, records iter.Seq[UsageRecordInput], options ...Option) (UsageTotals, error) {
	var totals UsageTotals
	var lines bytes.Buffer
	count := 0
	options = append([]Option{WithContentType("application/x-ndjson")}, options...)
	flush := func() error {
		if count == 0 {
			return nil
		}
		report, err := c.PostUsage(ctx, lines.Bytes(), options...)
		if err != nil {
			return err
		}
		totals.Received += report.Received
		totals.Charged += report.Charged
		totals.Suspended += report.Suspended
		totals.Duplicates += report.Duplicates
		lines.Reset()
		count = 0
		return nil
	}
	for record := range records {
		line, err := json.Marshal(record)
		if err != nil {
			return totals, err
		}
		lines.Write(append(line, '\n'))
		if count++; count >= usageBatch {
			if err := flush(); err != nil {
				return totals, err
			}
		}
	}
	return totals, flush()
}

// Events follows what happens, each event once and in its order, until the context ends: that, or another error, is the last thing
// that comes. Keep the ID of the last one that was worked on: as the query's Cursor it goes on behind it.
func (c *Client) Events(ctx context.Context, query GetEventsQuery, poll time.Duration, options ...Option) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		query.Limit = pageSize
		for {
			found, err := c.GetEvents(ctx, query, options...)
			if err != nil {
				yield(Event{}, err)
				return
			}
			for _, event := range found.Items {
				query.Cursor = event.ID
				if !yield(event, nil) {
					return
				}
			}
			// A page that has been looked through without a hit is followed by others, which begin where it ended.
			if found.NextCursor != nil {
				query.Cursor = *found.NextCursor
			} else if err := c.config.Sleep(ctx, poll); err != nil {
				yield(Event{}, err)
				return
			}
		}
	}
}
