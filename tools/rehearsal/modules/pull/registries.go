package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/containerd/containerd/v2/core/remotes"
	"github.com/containerd/containerd/v2/core/remotes/docker"
	"github.com/containerd/containerd/v2/core/remotes/docker/config"
	"github.com/containerd/errdefs"
	"github.com/containerd/log"
	"github.com/distribution/reference"
	"github.com/sirupsen/logrus"
)

// hostFolder finds the folder of a registry, as containerd's CRI plugin does with a config_path of several folders.
func hostFolder(roots []string) func(string) (string, error) {
	return func(host string) (string, error) {
		for _, root := range roots {
			folder, err := config.HostDirFromRoot(root)(host)
			if err == nil || !errdefs.IsNotFound(err) {
				return folder, err
			}
		}
		return "", errdefs.ErrNotFound
	}
}

// complaints collects what containerd would only log: containerd continues without a hosts.toml that it cannot read.
type complaints struct{ found []error }

func (*complaints) Levels() []logrus.Level { return []logrus.Level{logrus.ErrorLevel} }

func (c *complaints) Fire(entry *logrus.Entry) error {
	c.found = append(c.found, fmt.Errorf("%s: %v", entry.Message, entry.Data[logrus.ErrorKey]))
	return nil
}

// resolver asks the registry of a reference, and its mirrors.
func resolver(roots []string, name reference.Named, heard *answers) remotes.Resolver {
	return docker.NewResolver(docker.ResolverOptions{Hosts: func(host string) ([]docker.RegistryHost, error) {
		read := &complaints{}
		logger := &logrus.Logger{Out: io.Discard, Formatter: &logrus.TextFormatter{}, Hooks: logrus.LevelHooks{}, Level: logrus.ErrorLevel}
		logger.AddHook(read)
		ctx := log.WithLogger(context.Background(), logrus.NewEntry(logger))
		hosts, err := config.ConfigureHosts(ctx, config.HostOptions{
			HostDir: hostFolder(roots),
			Credentials: func(host string) (string, string, error) {
				user, secret, err := credentials(host, name)
				if err != nil {
					heard.add(host, err.Error(), 0)
					err = fmt.Errorf("%w: %w", docker.ErrInvalidAuthorization, err)
				}
				return user, secret, err
			},
			UpdateClient: heard.listen,
		})(host)
		return hosts, errors.Join(append(read.found, err)...)
	}})
}

// listen makes a client record its answers. containerd calls it again with a copy of an earlier client.
func (a *answers) listen(client *http.Client) error {
	transport, fresh := client.Transport.(*http.Transport)
	if !fresh {
		return nil
	}
	transport.OnProxyConnectResponse = func(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
		if answer.StatusCode == http.StatusOK {
			return nil
		}
		return proxyError{proxy.Host, answer.Status}
	}
	client.Transport = listener{transport, a}
	return nil
}
