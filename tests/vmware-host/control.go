// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
package main

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

// front stands before the simulator, on a port of loopback.
type front struct {
	proxy    *httputil.ReverseProxy
	tls      *tls.Config // nil: plain HTTP
	port     int
	listener net.Listener // nil while nobody is let in
	server   *http.Server

	mutex   sync.Mutex
	calls   map[string]int  // by method
	lacking map[string]bool // methods that are answered by a fault
	breaks  int             // calls until one is answered by a fault; 0: none is
	expired map[string]bool // cookies
	ours    map[string]bool // cookies of clients other than libvirt
}

const libvirtAgent = "libvirt"

func newFront(simulator string) *front {
	f := &front{calls: map[string]int{}, lacking: map[string]bool{}, expired: map[string]bool{}, ours: map[string]bool{}}
	f.proxy = httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: simulator})
	f.proxy.ModifyResponse = func(response *http.Response) error {
		if response.Request.URL.Path != "/sdk" {
			return nil
		}
		reply, err := io.ReadAll(response.Body)
		if err != nil {
			return err
		}
		reply = withTypes(reply)
		response.Body = io.NopCloser(bytes.NewReader(reply))
		response.ContentLength = int64(len(reply))
		response.Header.Set("Content-Length", strconv.Itoa(len(reply)))
		return nil
	}
	return f
}

func (f *front) listen(port int, certificate, key string) error {
	if certificate != "" {
		pair, err := tls.LoadX509KeyPair(certificate, key)
		if err != nil {
			return err
		}
		f.tls = &tls.Config{Certificates: []tls.Certificate{pair}}
	}
	f.port = port
	return f.letIn()
}

func (f *front) letIn() error {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", f.port))
	if err != nil {
		return err
	}
	f.port = listener.Addr().(*net.TCPAddr).Port
	if f.tls != nil {
		listener = tls.NewListener(listener, f.tls)
	}
	f.listener = listener
	f.server = &http.Server{Handler: http.HandlerFunc(f.serve)}
	go f.server.Serve(listener)
	return nil
}

// control carries out a command:
//
//	down, up           the host dies, as far as others can see, and comes back
//	expire             ends the sessions of all clients but libvirt's
//	lack METHOD, has METHOD
//	calls METHOD       how often it was called so far
//	break N            the Nth call of any method from now on is answered by a fault
func (f *front) control(line string) string {
	command, method, _ := strings.Cut(line, " ")
	f.mutex.Lock()
	defer f.mutex.Unlock()
	switch command {
	case "down":
		f.server.Close()
	case "up":
		if err := f.letIn(); err != nil {
			return err.Error()
		}
	case "expire":
		for cookie := range f.ours {
			f.expired[cookie] = true
		}
	case "lack", "has":
		f.lacking[method] = command == "lack"
	case "break":
		f.breaks, _ = strconv.Atoi(method)
	case "calls":
		return strconv.Itoa(f.calls[method])
	default:
		return "what?"
	}
	return "ok"
}

func (f *front) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/screen":
		w.Header().Set("Content-Type", "image/png")
		writeScreen(w)
	case strings.HasPrefix(r.URL.Path, "/folder/") && r.Method == http.MethodGet:
		vm := machineOf(strings.TrimPrefix(r.URL.Path, "/folder/"))
		if vm == nil {
			f.proxy.ServeHTTP(w, r)
			return
		}
		writeVmx(w, vm)
	case r.URL.Path == "/sdk":
		f.serveSoap(w, r)
	default:
		f.proxy.ServeHTTP(w, r)
	}
}

func (f *front) serveSoap(w http.ResponseWriter, r *http.Request) {
	request, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	method := methodOf(request)
	refusal := f.note(method, r)
	if refusal != nil {
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		w.Write(refusal)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(request))
	f.proxy.ServeHTTP(w, r)
}

// note counts a call and says whether it is refused.
func (f *front) note(method string, r *http.Request) []byte {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.calls[method]++
	if f.breaks > 0 {
		if f.breaks--; f.breaks == 0 {
			return fault("HostCommunication", "A general system error occurred: Connection refused")
		}
	}
	if f.lacking[method] {
		return fault("MethodNotFound", "This server does not implement: "+method)
	}
	for _, cookie := range r.Cookies() {
		if !strings.Contains(r.UserAgent(), libvirtAgent) {
			f.ours[cookie.Value] = true
		}
		if f.expired[cookie.Value] {
			if method == "Login" {
				r.Header.Del("Cookie")
				return nil
			}
			return fault("NotAuthenticated", "The session is not authenticated.")
		}
	}
	return nil
}
