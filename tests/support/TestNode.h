// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace tests {

/// A node file of libvirt's test driver (`test:///path`) with `count` machines, vm00000 and on: 4
/// of 6 running, one paused, one off.
inline QByteArray testNode(int count)
{
    QByteArray text = "<node><cpu><mhz>2600</mhz><model>i686</model><active>64</active>"
                      "<nodes>2</nodes><sockets>2</sockets><cores>16</cores><threads>2</threads>"
                      "</cpu><memory>67108864</memory>";
    const char* states[] = { "1", "1", "3", "1", "1", "5" };
    for (int i = 0; i < count; ++i) {
        const QByteArray name = "vm" + QByteArray::number(i).rightJustified(5, '0');
        text += "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"
                "<name>"
            + name + "</name><title>Machine " + QByteArray::number(i)
            + "</title><memory>524288</memory><vcpu>2</vcpu><os><type>hvm</type></os><devices>"
              "<disk type='file' device='disk'><source file='/images/"
            + name
            + ".qcow2'/><target dev='vda' bus='virtio'/></disk>"
              "<graphics type='spice' port='5900' listen='127.0.0.1'/></devices>"
              "<test:runstate>"
            + states[i % 6] + "</test:runstate></domain>";
    }
    return text + "</node>";
}

} // namespace tests
