// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/BridgeHelper.h"

#include "vmm/base/ErrnoError.h"
#include "vmm/base/Steps.h"
#include "vmm/qemu/DevicePlug.h"
#include "vmm/qemu/QemuProcess.h"
#include "vmm/qemu/TapDevice.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTimer>

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace vmm {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 5s;
constexpr QLatin1StringView kName("qemu-bridge-helper");

Result<FileDescriptor> receiveDescriptor(int socket)
{
    char byte = 0;
    iovec data { &byte, 1 };
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> room {};
    msghdr message {};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    if (::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) < 0)
        return errnoError(kName, QStringLiteral("recvmsg"));
    const cmsghdr* part = CMSG_FIRSTHDR(&message);
    if (!part || part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
        return Error { ErrorKind::ProtocolViolation, kName,
            QStringLiteral("it answered without a descriptor") };
    int descriptor = -1;
    std::memcpy(&descriptor, CMSG_DATA(part), sizeof descriptor);
    return FileDescriptor(descriptor);
}

bool mayDoIt(const QString& helper)
{
    struct stat status { };
    if (::stat(QFile::encodeName(helper), &status) != 0)
        return false;
    return (status.st_uid == 0 && (status.st_mode & S_ISUID) != 0);
}

// The helper's words are few, and those of QEMU's source.
Error helperError(
    const QString& helper, const QString& bridge, const ProcessExit& exit, const QString& words)
{
    Error error { ErrorKind::ProcessFailed, bridge, words.isEmpty() ? exit.describe() : words };
    if (words.contains(QLatin1StringView("denied by acl"))
        || words.contains(QLatin1StringView("failed to parse")))
        return { ErrorKind::PermissionDenied, bridge,
            QStringLiteral("%1 does not allow this bridge (%2); an administrator adds the line "
                           "\"allow %3\" to /etc/qemu/bridge.conf")
                .arg(helper, words, bridge) };
    if (!mayDoIt(helper))
        return { ErrorKind::PermissionDenied, bridge,
            QStringLiteral("%1 is not setuid root (%2); an administrator sets that with "
                           "\"chmod u+s %1\", on Debian for good with \"dpkg-statoverride --update "
                           "--add root root 4755 %1\"")
                .arg(helper, error.detail) };
    return error;
}

/// One run of the helper; gone when it is over.
class Asking : public QObject {
public:
    Asking(QString helper, QString bridge, QObject* parent)
        : QObject(parent)
        , m_helper(std::move(helper))
        , m_bridge(std::move(bridge))
    {
        m_patience.setSingleShot(true);
        connect(&m_patience, &QTimer::timeout, this, [this] {
            m_hasTimedOut = true;
            m_process->kill();
        });
    }

    Future<SharedDescriptor> run()
    {
        const Future<SharedDescriptor> future = m_promise.future();
        if (const Result<void> started = start(); !started)
            finish(started.error());
        return future;
    }

private:
    Result<void> start()
    {
        int ends[2] {};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            return errnoError(kName, QStringLiteral("socketpair"));
        m_socket = FileDescriptor(ends[0]);
        const FileDescriptor itsEnd(ends[1]);
        m_words = FileDescriptor(::memfd_create("bridge-helper", MFD_CLOEXEC));
        if (!m_words.isValid())
            return errnoError(kName, QStringLiteral("memfd_create"));
        m_process = TRY(QemuProcess::start({ .program = m_helper,
            .arguments = { QStringLiteral("--use-vnet"), QStringLiteral("--br=") + m_bridge,
                QStringLiteral("--fd=%1").arg(QemuProcess::kQmpFd) },
            .qmpListenFd = itsEnd.get(),
            .logFd = m_words.get() }));
        connect(m_process.get(), &QemuProcess::exited, this,
            [this](const ProcessExit& exit) { finish(outcome(exit)); });
        m_patience.start(kPatience);
        return {};
    }

    Result<SharedDescriptor> outcome(const ProcessExit& exit) const
    {
        if (m_hasTimedOut)
            return Error { ErrorKind::TimedOut, m_helper,
                QStringLiteral("it did not end in time") };
        if (!exit.isClean())
            return helperError(m_helper, m_bridge, exit, words());
        return SharedDescriptor(
            std::make_shared<FileDescriptor>(TRY(receiveDescriptor(m_socket.get()))));
    }

    QString words() const
    {
        std::array<char, 2048> text {};
        const ssize_t count = ::pread(m_words.get(), text.data(), text.size(), 0);
        return QString::fromLocal8Bit(text.data(), std::max<ssize_t>(count, 0)).trimmed();
    }

    void finish(Result<SharedDescriptor> result)
    {
        m_promise.finish(std::move(result));
        if (m_process)
            m_process.release()->deleteLater(); // we may be in its signal
        deleteLater();
    }

    QString m_helper;
    QString m_bridge;
    Promise<SharedDescriptor> m_promise;
    FileDescriptor m_socket;
    FileDescriptor m_words;
    std::unique_ptr<QemuProcess> m_process;
    QTimer m_patience;
    bool m_hasTimedOut = false;
};

} // namespace

QString findBridgeHelper()
{
    const QString found = QStandardPaths::findExecutable(kName,
        { QStringLiteral("/usr/lib/qemu"), QStringLiteral("/usr/libexec"),
            QStringLiteral("/usr/lib64/qemu") });
    return found.isEmpty() ? QStandardPaths::findExecutable(kName) : found;
}

Future<SharedDescriptor> askBridgeHelper(
    QObject* context, const QString& helper, const QString& bridge)
{
    if (helper.isEmpty())
        return async::failed<SharedDescriptor>({ ErrorKind::NotFound, kName,
            QStringLiteral("it is what lets ordinary users put machines on a bridge; on Debian it "
                           "is in the package qemu-system-common"),
            ErrorCause::ProgramMissing });
    return (new Asking(helper, bridge, context))->run();
}

bool needsTap(const NetworkInterface& card)
{
    return card.type == QLatin1StringView("bridge") || card.type == QLatin1StringView("ethernet");
}

Future<SharedDescriptor> openTapSomehow(QObject* context, const NetworkInterface& card)
{
    Result<FileDescriptor> own = openTap(card);
    if (own)
        return async::ready<SharedDescriptor>(
            SharedDescriptor(std::make_shared<FileDescriptor>(std::move(*own))));
    const bool isForHelper = card.type == QLatin1StringView("bridge")
        && own.error().kind == ErrorKind::PermissionDenied;
    return isForHelper ? askBridgeHelper(context, findBridgeHelper(), card.sourceBridge)
                       : async::failed<SharedDescriptor>(own.error());
}

Future<QHash<QString, SharedDescriptor>> openTaps(QObject* context, const Definition& definition)
{
    using Taps = QHash<QString, SharedDescriptor>;
    const auto taps = std::make_shared<Taps>();
    Steps steps(context);
    int index = 0;
    for (const NetworkInterface& card : definition.devices<NetworkInterface>()) {
        const QString name = networkId(index++);
        if (!needsTap(card))
            continue;
        steps.add(name, [context, card, name, taps] {
            return async::andThen(
                openTapSomehow(context, card), context, [name, taps](const SharedDescriptor& tap) {
                    taps->insert(name, tap);
                    return async::ready<void>({});
                });
        });
    }
    return async::transformed<Taps>(
        steps.run(), context, [taps](const Result<void>& opened) -> Result<Taps> {
            if (!opened)
                return opened.error();
            return *taps;
        });
}

} // namespace vmm
