// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/protocol/DeviceMessages.h"
#include "console/protocol/RecordMessages.h"

namespace console::protocol {

bool isValid(const Sound& m)
{
    return m.microphone <= 1 && m.flow <= SoundFlow::Failed && isTerminated(m.problem);
}
bool isValid(const UsbDevice& m)
{
    return m.id != 0 && m.vendor <= 0xffff && m.product <= 0xffff && m.redirected <= 1
        && m.disc <= 1 && isTerminated(m.name) && isTerminated(m.obstacle);
}
bool isValid(const UsbDeviceGone& m)
{
    return m.id != 0;
}
bool isValid(const UsbChannels& m)
{
    return m.count <= 256 && m.free <= m.count && isTerminated(m.problem);
}
bool isValid(const UsbFailed& m)
{
    return isTerminated(m.reason);
}
bool isValid(const FolderChannel& m)
{
    return m.offered <= 1 && m.used <= m.offered;
}
bool isValid(const Port& m)
{
    return m.id < 256 && m.open <= 1 && isTerminated(m.name);
}
bool isValid(const PortData& m)
{
    return m.id < 256 && m.size > 0 && m.size <= kMaxPortData;
}
bool isValid(const Smartcards& m)
{
    return m.offered <= 1 && m.readers <= 256 && isTerminated(m.problem);
}
bool isValid(const SoundControl& m)
{
    return m.play <= 1 && m.volume <= kFullVolume && m.microphone <= 1;
}
bool isValid(const UsbWatch& m)
{
    return isTerminated(m.rules);
}
bool isValid(const UsbRedirect& m)
{
    return m.id != 0 && m.redirect <= 1;
}
bool isValid(const InsertDisc& m)
{
    return isTerminated(m.path) && m.path[0] == '/';
}
bool isValid(const ShareFolder& m)
{
    return isTerminated(m.path) && (m.path[0] == '/' || m.path[0] == '\0') && m.readOnly <= 1;
}
bool isValid(const UseSmartcards& m)
{
    return m.on <= 1;
}

bool isValid(const RecordControl& m)
{
    return m.command <= RecordCommand::SavePast;
}
bool isValid(const Recorded& m)
{
    return m.past <= 1 && m.end <= FilmEnd::Failed && isTerminated(m.detail);
}

std::size_t payloadSize(const PortData& m)
{
    return m.size;
}

} // namespace console::protocol
