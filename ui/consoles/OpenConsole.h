// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleSession.h"
#include "models/HostCommands.h"

#include <QMap>
#include <QSet>

#include <chrono>
#include <optional>

namespace models {
struct VmRecord;
}

namespace ui {

class FurtherDisplays;
class GuestPorts;

/// The console of one machine for as long as it is kept: its connection, which outlives the views
/// that come and go, and the knowledge when to connect anew. It comes back by itself when the
/// connection breaks while the machine runs, and when the machine starts again; never after
/// somebody else took the console over, nor where trying again can't help. Where somebody else is
/// at the screen the user is asked before anything is opened. GUI thread.
class OpenConsole : public QObject {
    Q_OBJECT

public:
    OpenConsole(const models::VmRef& vm, const QString& name,
        const console::TransportFactory& factory, QObject* parent = nullptr);
    /// One of no host's machine: a connection file's. Nothing is known of its state.
    OpenConsole(const QString& name, const vmm::ConsoleEndpoint& endpoint,
        const console::ConnectOptions& options, const console::TransportFactory& factory,
        QObject* parent = nullptr);
    ~OpenConsole() override;

    /// How it comes back by itself: after a break it waits so long before one attempt after the
    /// other, and after the last leaves it to the user.
    struct Retries {
        QList<std::chrono::milliseconds> waits;
        /// A connection that stood this long was a good one; the next break begins anew.
        std::chrono::milliseconds settled;
    };
    static Retries usualRetries();
    void setRetries(const Retries& retries);

    const models::VmRef& vm() const { return m_vm; } ///< host is null for a connection file
    const QString& name() const { return m_name; }
    /// What the settings of its view are kept under; empty for a connection file.
    QString settingsKey() const
    {
        return m_vm.host ? m_vm.vm.toString(QUuid::WithoutBraces) : QString();
    }
    vmm::VmState machineState() const { return m_machineState; }
    console::ConsoleSession& session() { return *m_session; }
    const console::ConsoleSession& session() const { return *m_session; }
    FurtherDisplays& furtherDisplays() { return *m_further; }
    GuestPorts& guestPorts() { return *m_ports; }
    void closeFurtherWindows(); ///< those of displays and ports; the guest is not told
    /// Others who have the screen open: instead of us, while isInUse(), or since they took it over.
    const QVector<vmm::ConsoleClient>& others() const { return m_others; }
    /// Nothing was opened, for others have it open, and the user is to say.
    bool isInUse() const { return m_isInUse; }
    bool isStayingOut() const { return m_isStayingOut; } ///< and said no
    /// Whether one can join the others, or have the screen alone.
    bool canShare() const { return m_protocol == vmm::ConsoleEndpoint::Protocol::Vnc; }
    bool canTakeOver() const { return !canShare() || m_pushesOthersOut; }
    enum class Entry { IfFree, Shared, Alone };
    void enter(Entry entry); ///< the user's word
    void stayOut();

    /// Why the host told no way to the screen.
    const std::optional<vmm::Error>& error() const { return m_error; }
    bool hasPicture() const { return !m_session->frame().isNull(); }
    bool isRetrying() const { return m_retry.isActive(); }
    /// Whether it has to be connected to be of use: no attempt was made in this run of the machine.
    bool isFresh() const { return !m_isOpened; }

    /// Who shows it. One that nobody shows keeps its connection, but is not connected anew.
    void addViewer(const QObject* viewer) { m_viewers.insert(viewer); }
    /// Without one the guest's microphone is off, for nobody would see that it listens.
    void removeViewer(const QObject* viewer);
    bool isShown() const { return !m_viewers.isEmpty(); }
    /// Whether its end would tear something off: a film, files on their way, a USB device there.
    bool isAtWork() const;

    void take(const models::VmRecord& vm); ///< what the host says of the machine
    /// Whether another host has seen the machine begin to run at another time than we did. If not,
    /// it is the same run of it, through a second connection to its host.
    bool isAnotherRun(const models::VmRecord& vm) const;
    /// The machine has moved to another host: the view stays as it is and connects anew there.
    void moveTo(const models::VmRecord& vm);
    /// Its host was heard of. One that comes back is asked again for the way to the screen if it
    /// broke while it was asked.
    void followHost();
    /// Connects if the machine can be looked at and this was not tried yet.
    void connectIfDue();
    /// A file of certificates to trust for encrypted screens of that protocol; empty: none is said.
    void setAuthority(vmm::ConsoleEndpoint::Protocol protocol, const QString& path);
    /// The protocol to use; another one than that of the connection under way connects anew.
    void setScreen(hosts::ScreenKind screen);
    void reconnect(); ///< the user wants it, whatever happened before

    /// The server does not let us in without a password, or with this one.
    bool wantsPassword() const;
    int passwordTries() const { return m_passwordTries; } ///< since it last let us in
    bool isPasswordDeclined() const { return m_isPasswordDeclined; }
    /// Connects with these, and again so later; kept in memory alone.
    void reconnectAs(const QString& user, const QString& password);
    void declinePassword(); ///< the user did not want to be asked

Q_SIGNALS:
    void changed(); ///< name, machine, error, or whether it tries again

private:
    void init(const console::TransportFactory& factory);
    void connectNow();
    void takeEndpoint(const vmm::ConsoleEndpoint& endpoint, Entry entry);
    void askWhoTookOver();
    bool isOurOwn(const vmm::ConsoleClient& client) const;
    void noteSession(console::SessionState state);
    void retryLater();
    bool canConnect() const;
    void openAt(vmm::ConsoleEndpoint endpoint);

    models::VmRef m_vm;
    QString m_name;
    std::optional<vmm::ConsoleEndpoint> m_fixed;
    vmm::VmState m_machineState = vmm::VmState::Unknown;
    QDateTime m_runsSince; ///< it ran last; UTC
    std::unique_ptr<console::ConsoleSession> m_session;
    std::unique_ptr<FurtherDisplays> m_further;
    std::unique_ptr<GuestPorts> m_ports;
    std::optional<vmm::Error> m_error;
    QSet<const QObject*> m_viewers;
    Retries m_retries = usualRetries();
    QTimer m_retry;
    QTimer m_settled;
    int m_attempts = 0;
    int m_passwordTries = 0;
    bool m_isPasswordDeclined = false;
    QString m_password;
    QMap<vmm::ConsoleEndpoint::Protocol, QString> m_authorities;
    hosts::ScreenKind m_screen = hosts::ScreenKind::Best;
    bool m_isActive = false;
    bool m_isHostGone = false;
    bool m_isOpened = false; ///< for this run of the machine
    bool m_wasLive = false; ///< ever: a connection that never was is not tried again by itself
    quint64 m_generation = 0; ///< drops endpoints that were asked before
    Entry m_entry = Entry::IfFree; ///< of the next attempt
    Entry m_lastEntry = Entry::IfFree;
    QVector<vmm::ConsoleClient> m_others;
    vmm::ConsoleEndpoint::Protocol m_protocol = vmm::ConsoleEndpoint::Protocol::Spice;
    bool m_pushesOthersOut = true;
    bool m_isInUse = false;
    bool m_isStayingOut = false;
    QDateTime m_connectedAt; ///< UTC
};

} // namespace ui
