// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// typeOf returns an element's xsi:type without its prefix, "" if it has none.
func typeOf(element xml.StartElement) string {
	for _, attribute := range element.Attr {
		if attribute.Name.Local == "type" && attribute.Name.Space != "" {
			return attribute.Value[strings.LastIndexByte(attribute.Value, ':')+1:]
		}
	}
	return ""
}

// memberType returns what members of an array have to say of themselves.
func memberType(array string) string {
	if !strings.HasPrefix(array, "ArrayOf") {
		return ""
	}
	switch member := strings.TrimPrefix(array, "ArrayOf"); member {
	case "AnyType":
		return "" // they do say what they are
	case "String", "Boolean", "Byte", "Short", "Int", "Long":
		return "xsd:" + strings.ToLower(member)
	default:
		return member
	}
}

// withTypes adds the xsi:type to the members of arrays: real servers write it, libvirt demands it
// ("AnyType is missing 'type' property"), the simulator leaves it out.
func withTypes(reply []byte) []byte {
	var out bytes.Buffer
	var members []string // of the elements that are open
	done := 0
	decoder := xml.NewDecoder(bytes.NewReader(reply))
	for {
		start := int(decoder.InputOffset())
		token, err := decoder.RawToken()
		if err != nil {
			break
		}
		switch element := token.(type) {
		case xml.StartElement:
			if depth := len(members); depth > 0 && members[depth-1] != "" && typeOf(element) == "" {
				name := start + 1 + bytes.IndexAny(reply[start+1:], " />")
				out.Write(reply[done:name])
				fmt.Fprintf(&out, ` xsi:type="%s"`, members[depth-1])
				done = name
			}
			members = append(members, memberType(typeOf(element)))
		case xml.EndElement:
			members = members[:len(members)-1]
		}
	}
	out.Write(reply[done:])
	return out.Bytes()
}

// methodOf returns the name of the method that a request calls, "" if it calls none.
func methodOf(request []byte) string {
	decoder := xml.NewDecoder(bytes.NewReader(request))
	inBody := false
	for {
		token, err := decoder.Token()
		if err != nil {
			return ""
		}
		if element, ok := token.(xml.StartElement); ok {
			if inBody {
				return element.Name.Local
			}
			inBody = element.Name.Local == "Body"
		}
	}
}

// fault is the reply that a server gives instead of an answer.
func fault(kind, words string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>` +
		`<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault>` +
		`<faultcode>ServerFaultCode</faultcode><faultstring>` + words + `</faultstring><detail>` +
		`<` + kind + `Fault xmlns="urn:vim25" xsi:type="` + kind + `"/>` +
		`</detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>`)
}
