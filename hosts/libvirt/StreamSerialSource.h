// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/SerialRelay.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"

namespace hosts::libvirt {

/// A serial port that came over a libvirt stream. The stream is read and written on libvirt's event
/// thread, and ended on a thread of its own, since that asks the server.
class StreamSerialSource : public SerialSource {
    Q_OBJECT

public:
    /// `stream` is non-blocking and open. Errors: what libvirt says.
    static vmm::Result<std::unique_ptr<StreamSerialSource>> create(
        const Stream& stream, const QString& name);
    ~StreamSerialSource() override;

    // SerialSource
    void write(const QByteArray& bytes) override;
    void setReading(bool isReading) override;

private:
    struct Pump;
    explicit StreamSerialSource(std::shared_ptr<Pump> pump);

    std::shared_ptr<Pump> m_pump;
};

} // namespace hosts::libvirt
