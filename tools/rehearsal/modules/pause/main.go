// Command pause is the first process of a pod: its namespaces live as long as it does.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

// reap takes the exit status of every ended child. Where a pod shares one process namespace, orphaned processes become
// children of this one, and would stay as zombies.
func reap() {
	for {
		pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
		if pid <= 0 && err != syscall.EINTR {
			return
		}
	}
}

func main() {
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGCHLD)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	for {
		reap()
		select {
		case <-ended:
		case <-stop:
			return
		}
	}
}
