package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/distribution/reference"
	"github.com/docker/cli/cli/config"
	"github.com/docker/cli/cli/config/configfile"
	"github.com/docker/cli/cli/config/types"
)

// credentialFiles are Podman's and Docker's, in the order of their priority. REGISTRY_AUTH_FILE comes before Docker's file,
// because a person sets it on purpose.
func credentialFiles() []string {
	var files []string
	if file := os.Getenv("REGISTRY_AUTH_FILE"); file != "" {
		files = append(files, file)
	}
	files = append(files, filepath.Join(config.Dir(), config.ConfigFileName))
	if folder := os.Getenv("XDG_RUNTIME_DIR"); folder != "" {
		files = append(files, filepath.Join(folder, "containers/auth.json"))
	}
	// Podman's file of root, without XDG_RUNTIME_DIR (containers-auth.json(5)).
	return append(files, fmt.Sprintf("/run/containers/%d/auth.json", os.Getuid()))
}

// credentialKeys are the keys under which the file may have a host's credentials, the most specific first.
func credentialKeys(host string, name reference.Named) []string {
	if host == "registry-1.docker.io" {
		host = "docker.io"
	}
	// Old versions of Docker write the longer ones, and Docker Hub still uses them.
	keys := []string{host, "https://" + host, "https://" + host + "/v1/"}
	if host == "docker.io" {
		keys = append(keys, "https://index.docker.io/v1/")
	}
	if host != reference.Domain(name) {
		return keys
	}
	var narrower []string
	for key := name.Name(); key != host; key = key[:strings.LastIndex(key, "/")] {
		narrower = append(narrower, key)
	}
	return append(narrower, keys...)
}

func readCredentialFile(path string) (*configfile.ConfigFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	read, err := config.LoadFromReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s holds no credentials: %w", path, err)
	}
	return read, nil
}

func lookUp(file *configfile.ConfigFile, key string) (types.AuthConfig, error) {
	if file.CredentialsStore == "" && file.CredentialHelpers[key] == "" {
		// Not by GetAuthConfig, because it uses the credentials of one part of a registry for all of it.
		return file.AuthConfigs[key], nil
	}
	return file.GetAuthConfig(key)
}

// credentials returns a name and a password, or no name and a token, or nothing.
func credentials(host string, name reference.Named) (string, string, error) {
	for _, path := range credentialFiles() {
		file, err := readCredentialFile(path)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return "", "", err
		}
		for _, key := range credentialKeys(host, name) {
			found, err := lookUp(file, key)
			if err != nil {
				return "", "", fmt.Errorf("%s: credentials of %s: %w", path, key, err)
			}
			if found.IdentityToken != "" {
				return "", found.IdentityToken, nil
			}
			if (types.AuthConfig{ServerAddress: found.ServerAddress}) != found {
				return found.Username, found.Password, nil
			}
		}
	}
	return "", "", nil
}
