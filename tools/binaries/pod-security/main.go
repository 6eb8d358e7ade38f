// Pod-security asks Kubernetes' own evaluator which pods break PodSecurity `restricted` of the newest version. It reads
// one JSON document for each pod: the object that creates it, and the pod's metadata and spec. It writes one JSON line for
// each violation.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	kjson "sigs.k8s.io/json"
)

type pod struct {
	Object   string          `json:"object"`
	Metadata json.RawMessage `json:"metadata"`
	Spec     json.RawMessage `json:"spec"`
}

type violation struct {
	Object  string `json:"object"`
	Message string `json:"message"`
}

// unread is the message for a pod that Kubernetes could not read.
func unread(err error) []string {
	return []string{fmt.Sprintf("is no pod that Kubernetes could read (%v)", err)}
}

func messages(evaluator policy.Evaluator, input pod) []string {
	var metadata metav1.ObjectMeta
	var spec corev1.PodSpec
	// Like the API server, and unlike encoding/json, this tells `hostnetwork` from `hostNetwork`.
	if err := kjson.UnmarshalCaseSensitivePreserveInts(input.Metadata, &metadata); err != nil {
		return unread(err)
	}
	if err := kjson.UnmarshalCaseSensitivePreserveInts(input.Spec, &spec); err != nil {
		return unread(err)
	}
	// Our nodes run Linux. Of a pod that says Windows, `restricted` would demand less.
	spec.OS = nil
	restricted := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	found := []string{}
	for _, result := range evaluator.EvaluatePod(restricted, &metadata, &spec) {
		if !result.Allowed {
			found = append(found, fmt.Sprintf("%s: %s", result.ForbiddenReason, result.ForbiddenDetail))
		}
	}
	return found
}

func run(input io.Reader, output io.Writer) error {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bufio.NewReader(input))
	encoder := json.NewEncoder(output)
	encoder.SetEscapeHTML(false)
	for {
		var next pod
		if err := decoder.Decode(&next); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		for _, message := range messages(evaluator, next) {
			if err := encoder.Encode(violation{next.Object, message}); err != nil {
				return err
			}
		}
	}
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "pod-security:", err)
		os.Exit(1)
	}
}
