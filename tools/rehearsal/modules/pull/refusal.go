package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/containerd/containerd/v2/core/remotes/docker"
	remoteserrors "github.com/containerd/containerd/v2/core/remotes/errors"
	"github.com/containerd/errdefs"
)

// answers has the last answer of each host, for one reference.
type answers struct {
	lock  sync.Mutex
	hosts []answer
}

type answer struct {
	host string
	text string
	// Status of HTTP, 0 without an answer.
	status int
}

func (a *answers) add(host, text string, status int) {
	a.lock.Lock()
	defer a.lock.Unlock()
	for i := range a.hosts {
		if a.hosts[i].host == host {
			a.hosts[i] = answer{host, text, status}
			return
		}
	}
	a.hosts = append(a.hosts, answer{host, text, status})
}

// failures are the failed answers, and whether one of them reports a missing object.
func (a *answers) failures() (texts []string, missing bool) {
	a.lock.Lock()
	defer a.lock.Unlock()
	for _, one := range a.hosts {
		if one.status == 0 || one.status > 399 {
			texts = append(texts, one.host+": "+one.text)
			missing = missing || one.status == http.StatusNotFound
		}
	}
	return texts, missing
}

// proxyError is a proxy's refusal to connect.
type proxyError struct{ proxy, status string }

func (e proxyError) Error() string { return fmt.Sprintf("the proxy %s answers %s", e.proxy, e.status) }

func isUnreachable(err error) bool {
	var operation *net.OpError
	var name *net.DNSError
	var proxy proxyError
	var request *url.Error
	return errors.Is(err, errSilent) || errors.As(err, &operation) || errors.As(err, &name) || errors.As(err, &proxy) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || (errors.As(err, &request) && request.Timeout())
}

func kindOf(err error, missing bool) string {
	var certificate *tls.CertificateVerificationError
	var status remoteserrors.ErrUnexpectedStatus
	errors.As(err, &status)
	switch {
	case errors.As(err, &certificate):
		return "untrusted"
	case errors.Is(err, docker.ErrInvalidAuthorization),
		status.StatusCode == http.StatusUnauthorized, status.StatusCode == http.StatusForbidden:
		return "unauthorized"
	case isUnreachable(err), status.StatusCode == http.StatusProxyAuthRequired:
		return "unreachable"
	// An image without a variant for this machine is "not found" too, though every request succeeded.
	case errdefs.IsNotFound(err) && missing:
		return "not-found"
	}
	return "other"
}

// refusal gives the reason why a reference was not pulled.
func refusal(ctx context.Context, err error, registry string, heard *answers) result {
	if ctx.Err() != nil {
		return result{Kind: "unreachable", Registry: registry, Reason: context.Cause(ctx).Error()}
	}
	texts, missing := heard.failures()
	reason := strings.Join(texts, "; ")
	if reason == "" {
		reason = err.Error()
	}
	return result{Kind: kindOf(err, missing), Registry: registry, Reason: reason}
}
