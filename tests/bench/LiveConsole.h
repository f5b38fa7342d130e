// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "console/HelperStarter.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/console/SpiceTestServer.h"
#include "tests/support/console/XServer.h"

#include <QApplication>
#include <QEventLoop>
#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <sys/prctl.h>

#include <csignal>

namespace bench {

inline QString spiceUri(const vmm::ConsoleEndpoint& screen)
{
    return screen.unixSocket.isEmpty()
        ? QStringLiteral("spice://%1:%2").arg(screen.host).arg(screen.port)
        : QStringLiteral("spice+unix://") + screen.unixSocket;
}

inline vmm::ConsoleEndpoint fromSpiceUri(const QUrl& uri)
{
    if (uri.scheme() == QStringLiteral("spice"))
        return { .host = uri.host(), .port = quint16(uri.port()) };
    return { .unixSocket = uri.path() };
}

/// A console in a process of its own, as the product's window is: `PROGRAM --view URI`.
int viewConsole(int argc, char** argv);

/// Calls measure(isOnXvfb) in an application on an X server of its own, offscreen where there is no
/// Xvfb. For main().
template <typename F> int runOnXvfb(int argc, char** argv, const F& measure)
{
    if (argc == 3 && QByteArrayView(argv[1]) == "--view")
        return viewConsole(argc, argv);
    const tests::XServer server;
    QApplication app(argc, argv);
    measure(server.isRunning());
    return 0;
}

/// The same beside a SPICE test server: measure(server, isOnXvfb).
template <typename F> int runBesideServer(int argc, char** argv, const F& measure)
{
    return runOnXvfb(argc, argv, [&measure](bool isOnXvfb) {
        tests::SpiceTestServer server(QStringLiteral(VIRTDECK_BIN_DIR));
        if (!server.start())
            qFatal("the SPICE test server does not start");
        measure(server, isOnXvfb);
    });
}

/// Runs the event loop until `done`, looked at whenever the session has news. (QTest's waiting naps
/// between two looks, and the naps would be measured.)
template <typename F> void runUntil(console::ConsoleSession& session, F done, const char* what)
{
    QEventLoop loop;
    QTimer deadline;
    const auto look = [&] {
        if (done())
            loop.quit();
    };
    QObject::connect(&session, &console::ConsoleSession::damaged, &loop, look);
    QObject::connect(&session, &console::ConsoleSession::stateChanged, &loop, look);
    QObject::connect(&deadline, &QTimer::timeout, [what] { qFatal("%s", what); });
    deadline.start(20000);
    loop.exec();
}

/// A console as the product has it: its helper, its session, and the view on the X server.
struct LiveConsole {
    std::shared_ptr<console::HelperStarter> helpers = std::make_shared<console::HelperStarter>(
        QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console"));
    QPointer<console::SpiceHelperTransport> transport;
    console::ConsoleSession session { [this] {
        auto made = std::make_unique<console::SpiceHelperTransport>(helpers);
        transport = made.get();
        return made;
    } };
    console::ConsoleView view;

    LiveConsole()
    {
        view.setSession(&session);
        view.setScaling(console::Scaling::OneToOne);
        view.resize(1024, 768);
        view.show();
    }
    void open(const vmm::ConsoleEndpoint& endpoint)
    {
        session.open(endpoint);
        runUntil(
            session,
            [this] {
                return session.firstFrameMs() >= 0
                    && session.state() == console::SessionState::Live;
            },
            "no first frame");
    }
};

inline int viewConsole(int argc, char** argv)
{
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    const QApplication app(argc, argv);
    LiveConsole console;
    console.session.open(fromSpiceUri(QUrl(QString::fromLocal8Bit(argv[2]))));
    console.view.activateWindow();
    console.view.setFocus();
    return QApplication::exec();
}

} // namespace bench
