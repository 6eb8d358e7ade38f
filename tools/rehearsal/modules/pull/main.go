// Pulls images into a containerd on a given socket, over the network of this process.
//
// Standard input has one request. Standard output gets one result per reference.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	containerd "github.com/containerd/containerd/v2/client"
	"github.com/containerd/containerd/v2/core/leases"
	"github.com/containerd/containerd/v2/pkg/namespaces"
	"github.com/containerd/log"
	"github.com/distribution/reference"
	"golang.org/x/sync/semaphore"
)

// Docker's default for max-concurrent-downloads.
const downloads = 3

type request struct {
	// Socket of containerd.
	Socket string `json:"socket"`
	// HostFolders hold a folder for each registry, with its hosts.toml or its certificates. The first that has the registry counts.
	HostFolders []string `json:"hostFolders"`
	// Seconds for all references together.
	Seconds    int      `json:"seconds"`
	References []string `json:"references"`
}

// result has either a digest, or a kind and a reason.
type result struct {
	// Digest that the registry has for the reference, as a pinned reference would name it.
	Digest string `json:"digest,omitempty"`
	// Kind is one of unreachable, not-found, unauthorized, untrusted, other.
	Kind string `json:"kind,omitempty"`
	// Registry of the reference; empty when the reference is invalid.
	Registry string `json:"registry,omitempty"`
	Reason   string `json:"reason,omitempty"`
}

// puller has what all references share.
type puller struct {
	client      *containerd.Client
	hostFolders []string
	limit       *semaphore.Weighted
}

func (p puller) pull(ctx context.Context, text string) result {
	name, err := reference.ParseDockerRef(text)
	if err != nil {
		return result{Kind: "other", Reason: err.Error()}
	}
	heard := &answers{}
	digest, err := p.fetch(ctx, name, heard)
	if err != nil {
		return refusal(ctx, err, reference.Domain(name), heard)
	}
	return result{Digest: digest}
}

// fetch returns the digest. It creates the image's record last, so a failure leaves none.
func (p puller) fetch(ctx context.Context, name reference.Named, heard *answers) (_ string, failed error) {
	lease, err := p.client.LeasesService().Create(ctx, leases.WithRandomID(), leases.WithExpiration(24*time.Hour))
	if err != nil {
		return "", err
	}
	defer func() {
		var options []leases.DeleteOpt
		if failed != nil {
			// Remove the downloaded content now, instead of at a later collection.
			options = append(options, leases.SynchronousDelete)
		}
		// The time may be over, but the lease must be removed.
		_ = p.client.LeasesService().Delete(context.WithoutCancel(ctx), lease, options...)
	}()
	image, err := p.client.Pull(
		leases.WithLease(ctx, lease.ID),
		name.String(),
		containerd.WithPullUnpack,
		containerd.WithPullSnapshotter("overlayfs"),
		containerd.WithResolver(resolver(p.hostFolders, name, heard)),
		containerd.WithDownloadLimiter(p.limit),
	)
	if err != nil {
		return "", err
	}
	return image.Target().Digest.String(), nil
}

func connect(ctx context.Context, socket string) (*containerd.Client, error) {
	// The client would wait for a socket to appear.
	if _, err := os.Stat(socket); err != nil {
		return nil, err
	}
	client, err := containerd.New(socket)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if _, err := client.Version(ctx); err != nil {
		return nil, errors.Join(err, client.Close())
	}
	return client, nil
}

func run() error {
	var asked request
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return fmt.Errorf("standard input is no request: %w", err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	late := fmt.Errorf("it was not there after %d s", asked.Seconds)
	ctx, cancel := context.WithTimeoutCause(ctx, time.Duration(asked.Seconds)*time.Second, late)
	defer cancel()
	ctx = namespaces.WithNamespace(ctx, "k8s.io")
	client, err := connect(ctx, asked.Socket)
	if err != nil {
		return fmt.Errorf("containerd does not answer at %s: %w", asked.Socket, err)
	}
	defer client.Close()
	// All requests start at once, so that the program waits only once for a silent registry. Downloads take turns.
	shared := puller{client: client, hostFolders: asked.HostFolders, limit: semaphore.NewWeighted(downloads)}
	results := make([]result, len(asked.References))
	var all sync.WaitGroup
	for i, text := range asked.References {
		all.Add(1)
		go func() {
			defer all.Done()
			results[i] = shared.pull(ctx, text)
		}()
	}
	all.Wait()
	return json.NewEncoder(os.Stdout).Encode(results)
}

func main() {
	// containerd's client logs what it cannot clean up. The results have all that matters.
	_ = log.SetLevel("panic")
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
