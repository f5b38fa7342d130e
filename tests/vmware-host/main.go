// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// vmware-host: a VMware host or vCenter to test against: the simulator of govmomi, behind a front
// that answers as real servers do where libvirt's ESX driver depends on it.
//
// Prints "listening PORT" when it is ready and ends with its standard input. Each line there is a
// command, answered by one line; see control.go.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"

	"github.com/vmware/govmomi/simulator"
)

func check(err error) {
	if err != nil {
		log.Fatal("vmware-host: ", err)
	}
}

func main() {
	kind := flag.String("kind", "esx", "esx or vcenter")
	port := flag.Int("port", 0, "where to listen on loopback; 0: anywhere")
	certificate := flag.String("certificate", "", "PEM file; without one: plain HTTP")
	key := flag.String("key", "", "PEM file")
	user := flag.String("user", "root", "who may log in")
	password := flag.String("password", "", "and with what")
	flag.Parse()

	model := simulator.ESX()
	if *kind == "vcenter" {
		model = simulator.VPX()
		model.ClusterHost = 2
		model.Portgroup = 0
	}
	model.Machine = 0 // those come from machines.go
	check(model.Create())
	model.Service.Listen = &url.URL{Host: "127.0.0.1:0", User: url.UserPassword(*user, *password)}
	server := model.Service.NewServer()
	check(furnish(server.URL, *kind == "vcenter"))
	completeHosts()

	front := newFront(server.URL.Host)
	check(front.listen(*port, *certificate, *key))
	fmt.Println("listening", front.port)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fmt.Println(front.control(lines.Text()))
	}
	model.Remove()
}
