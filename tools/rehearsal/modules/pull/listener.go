package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// The longest silence of a host, before and within its answer. containerd's own transport waits without a limit.
const patience = time.Minute

var errSilent = fmt.Errorf("says nothing for %v", patience)

// listener records the answers of hosts, and gives up on silent hosts.
type listener struct {
	next    http.RoundTripper
	answers *answers
}

func (l listener) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(request.Context())
	timer := time.AfterFunc(patience, func() { cancel(errSilent) })
	response, err := l.next.RoundTrip(request.WithContext(ctx))
	timer.Stop()
	host := request.URL.Host
	if err != nil {
		if context.Cause(ctx) == errSilent {
			err = errSilent
		}
		cancel(nil)
		// Without the address, because it may contain a signature.
		text := err.Error()
		var noTLS tls.RecordHeaderError
		if errors.As(err, &noTLS) {
			text = "speaks no TLS; plain HTTP is for the loopback, or where a hosts.toml says http://"
		}
		l.answers.add(host, text, 0)
		return nil, err
	}
	l.answers.add(host, response.Status, response.StatusCode)
	response.Body = &body{response.Body, ctx, cancel, timer, func() { l.answers.add(host, errSilent.Error(), 0) }}
	return response, nil
}

// body is an answer's content. It limits the host's silence, too.
type body struct {
	io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	tell   func()
}

func (b *body) Read(into []byte) (int, error) {
	b.timer.Reset(patience)
	n, err := b.ReadCloser.Read(into)
	b.timer.Stop()
	if err != nil && context.Cause(b.ctx) == errSilent {
		b.tell()
		err = errSilent
	}
	return n, err
}

func (b *body) Close() error {
	b.cancel(nil)
	return b.ReadCloser.Close()
}
