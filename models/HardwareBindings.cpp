// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HardwareBindings.h"

namespace models {

using Field = HardwareField;

template <> const QVector<Binding<vmm::Disk>>& bindingsOf()
{
    using vmm::Disk;
    static const QVector<Binding<Disk>> all { { Field::Source, &Disk::sourceFile },
        { Field::Format, &Disk::format }, { Field::Bus, &Disk::bus },
        { Field::Target, &Disk::target }, { Field::BootOrder, &Disk::bootOrder },
        { Field::ReadOnly, &Disk::isReadOnly }, { Field::Shareable, &Disk::isShareable },
        { Field::Serial, &Disk::serial }, { Field::Cache, &Disk::cache }, { Field::Io, &Disk::io },
        { Field::Discard, &Disk::discard }, { Field::BytesLimit, &Disk::totalBytesPerSecond },
        { Field::RequestsLimit, &Disk::totalRequestsPerSecond } };
    return all;
}

template <> const QVector<Binding<vmm::NetworkInterface>>& bindingsOf()
{
    using Card = vmm::NetworkInterface;
    static const QVector<Binding<Card>> all { { Field::Type, &Card::type },
        { Field::Network, &Card::sourceNetwork }, { Field::Bridge, &Card::sourceBridge },
        { Field::Model, &Card::model }, { Field::Mac, &Card::mac },
        { Field::Link, &Card::linkState }, { Field::BootOrder, &Card::bootOrder } };
    return all;
}

template <> const QVector<Binding<vmm::Graphics>>& bindingsOf()
{
    using vmm::Graphics;
    static const QVector<Binding<Graphics>> all { { Field::Type, &Graphics::type },
        { Field::ListenType, &Graphics::listenType },
        { Field::ListenAddress, &Graphics::listenAddress }, { Field::Port, &Graphics::port },
        { Field::OpenGl, &Graphics::openGl } };
    return all;
}

template <> const QVector<Binding<vmm::Video>>& bindingsOf()
{
    using vmm::Video;
    static const QVector<Binding<Video>> all { { Field::Model, &Video::model },
        { Field::Heads, &Video::heads }, { Field::Acceleration, &Video::acceleration } };
    return all;
}

template <> const QVector<Binding<vmm::Sound>>& bindingsOf()
{
    static const QVector<Binding<vmm::Sound>> all { { Field::Model, &vmm::Sound::model } };
    return all;
}

template <> const QVector<Binding<vmm::Input>>& bindingsOf()
{
    static const QVector<Binding<vmm::Input>> all { { Field::Type, &vmm::Input::type },
        { Field::Bus, &vmm::Input::bus } };
    return all;
}

template <> const QVector<Binding<vmm::HostDevice>>& bindingsOf()
{
    using vmm::HostDevice;
    static const QVector<Binding<HostDevice>> all { { Field::Vendor, &HostDevice::vendor },
        { Field::Product, &HostDevice::product }, { Field::BootOrder, &HostDevice::bootOrder } };
    return all;
}

template <> const QVector<Binding<vmm::UsbRedirection>>& bindingsOf()
{
    static const QVector<Binding<vmm::UsbRedirection>> all { { Field::Type,
        &vmm::UsbRedirection::type } };
    return all;
}

template <> const QVector<Binding<vmm::FileSystem>>& bindingsOf()
{
    using vmm::FileSystem;
    static const QVector<Binding<FileSystem>> all { { Field::Folder, &FileSystem::sourceFolder },
        { Field::MountTag, &FileSystem::tag }, { Field::Driver, &FileSystem::driver },
        { Field::AccessMode, &FileSystem::accessMode },
        { Field::ReadOnly, &FileSystem::isReadOnly } };
    return all;
}

template <> const QVector<Binding<vmm::Channel>>& bindingsOf()
{
    static const QVector<Binding<vmm::Channel>> all { { Field::Type, &vmm::Channel::type },
        { Field::Name, &vmm::Channel::targetName } };
    return all;
}

template <> const QVector<Binding<vmm::SerialPort>>& bindingsOf()
{
    static const QVector<Binding<vmm::SerialPort>> all { { Field::Type, &vmm::SerialPort::type },
        { Field::PortPath, &vmm::SerialPort::sourcePath } };
    return all;
}

template <> const QVector<Binding<vmm::ConsolePort>>& bindingsOf()
{
    static const QVector<Binding<vmm::ConsolePort>> all { { Field::Type, &vmm::ConsolePort::type },
        { Field::PortPath, &vmm::ConsolePort::sourcePath } };
    return all;
}

template <> const QVector<Binding<vmm::RandomGenerator>>& bindingsOf()
{
    static const QVector<Binding<vmm::RandomGenerator>> all { { Field::Model,
        &vmm::RandomGenerator::model } };
    return all;
}

template <> const QVector<Binding<vmm::MemoryBalloon>>& bindingsOf()
{
    static const QVector<Binding<vmm::MemoryBalloon>> all { { Field::Model,
        &vmm::MemoryBalloon::model } };
    return all;
}

template <> const QVector<Binding<vmm::Watchdog>>& bindingsOf()
{
    static const QVector<Binding<vmm::Watchdog>> all { { Field::Model, &vmm::Watchdog::model },
        { Field::Action, &vmm::Watchdog::action } };
    return all;
}

template <> const QVector<Binding<vmm::Controller>>& bindingsOf()
{
    static const QVector<Binding<vmm::Controller>> all { { Field::Name, &vmm::Controller::type },
        { Field::Index, &vmm::Controller::index } };
    return all;
}

} // namespace models
