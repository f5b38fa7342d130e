// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/FileDescriptor.h"
#include "vmm/base/Result.h"

#include <QObject>
#include <QSocketNotifier>

#include <functional>
#include <memory>
#include <unordered_map>

namespace hosts::libvirt {

/// The screens of a libvirtd of this computer, each behind a unix socket of ours in a folder of
/// this user alone. Whoever connects to it is handed to the QEMU as he is: nothing is copied,
/// nothing listens on the network, and a machine whose screen listens nowhere
/// (<listen type='none'/>) has one all the same.
class ScreenDoors : public QObject {
    Q_OBJECT

public:
    /// Hands a connected socket on; owns it.
    using HandOver
        = std::function<void(VmId vm, unsigned int index, std::shared_ptr<vmm::FileDescriptor>)>;

    explicit ScreenDoors(HandOver handOver, QObject* parent = nullptr);
    ~ScreenDoors() override;

    /// The path of the socket; the same one each time for the same machine. Errors: Io.
    vmm::Result<QString> open(VmId vm, unsigned int index);
    void close(VmId vm);

private:
    struct Door {
        vmm::FileDescriptor listening {};
        QString path {};
        unsigned int index = 0;
        std::unique_ptr<QSocketNotifier> readable {};
    };
    struct HashId {
        size_t operator()(const VmId& id) const { return qHash(id); }
    };

    void accept(VmId vm);

    HandOver m_handOver;
    vmm::Result<QString> m_folder;
    std::unordered_map<VmId, Door, HashId> m_doors;
    int m_serial = 0;
};

} // namespace hosts::libvirt
