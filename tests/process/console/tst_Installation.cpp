// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is installed, in a folder of its own, as a desktop finds it: connection files are ours, and
// opening one shows the screen by the installed programs.

#include "tests/support/FreePort.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace {

constexpr int kPatience = 120'000; ///< ms

QByteArray connectionFile(quint16 port)
{
    return "[virt-viewer]\ntype=spice\nhost=127.0.0.1\nport=" + QByteArray::number(port) + "\n";
}

} // namespace

class tst_Installation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        run(QStringLiteral("cmake"),
            { QStringLiteral("--install"), QStringLiteral(VIRTDECK_BIN_DIR "/.."),
                QStringLiteral("--prefix"), prefix() });
        // As a package's triggers do.
        run(QStringLiteral("update-mime-database"), { prefix() + QStringLiteral("/share/mime") });
        run(QStringLiteral("update-desktop-database"),
            { prefix() + QStringLiteral("/share/applications") });
    }
    void cleanup()
    {
        for (const qint64 pid : installedWindows())
            ::kill(pid_t(pid), SIGKILL);
    }

    void connectionFile_isKnownByItsNameAndByWhatIsInIt()
    {
        for (const char* name : { "screen.vv", "download" }) {
            const QByteArray said = run(QStringLiteral("gio"),
                { QStringLiteral("info"), QStringLiteral("--attributes=standard::content-type"),
                    write(name, connectionFile(1)) });
            QVERIFY2(said.contains("application/x-virt-viewer"), said.constData());
        }
        const QByteArray other = run(QStringLiteral("gio"),
            { QStringLiteral("info"), QStringLiteral("--attributes=standard::content-type"),
                write("notes", "type=spice\n") });
        QVERIFY2(!other.contains("x-virt-viewer"), other.constData());
    }

    void connectionFiles_areOpenedByUs()
    {
        const QByteArray said = run(QStringLiteral("gio"),
            { QStringLiteral("mime"), QStringLiteral("application/x-virt-viewer") });
        QVERIFY2(said.contains("virtdeck.desktop"), said.constData());
    }

    void openedFile_showsTheScreen()
    {
        tests::SpiceTestServer server(QStringLiteral(VIRTDECK_BIN_DIR));
        const quint16 port = tests::freePort();
        QVERIFY(server.start({ QStringLiteral("--port"), QString::number(port) }));
        run(QStringLiteral("gio"),
            { QStringLiteral("open"), write("screen.vv", connectionFile(port)) });
        QTRY_VERIFY_WITH_TIMEOUT(
            server.linesOf(QStringLiteral("CLIENT")).contains(QStringLiteral("1")), kPatience);
        QCOMPARE(installedWindows().size(), 1);
    }

    void hostProgram_isFoundByTheCommandLine()
    {
        const QByteArray said = run(prefix() + QStringLiteral("/bin/vdctl"),
            { QStringLiteral("--connect"), QStringLiteral("embedded:///"),
                QStringLiteral("list") });
        QVERIFY2(!said.contains("not found"), said.constData());
    }

    void helpAndCompletions_areThere()
    {
        for (const char* file : { "share/man/man1/virtdeck.1", "share/man/man1/vdctl.1",
                 "share/bash-completion/completions/vdctl",
                 "share/metainfo/org.virtdeck.VirtDeck.metainfo.xml",
                 "share/icons/hicolor/scalable/apps/virtdeck.svg" })
            QVERIFY2(QFile::exists(prefix() + QLatin1Char('/') + QLatin1StringView(file)), file);
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1StringView(name)); }
    QString prefix() const { return path("prefix"); }
    QString write(const char* name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("can't write %s", name);
        return file.fileName();
    }

    /// A session of somebody who has nothing else installed.
    QProcessEnvironment environment() const
    {
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        all.insert(QStringLiteral("PATH"),
            prefix() + QStringLiteral("/bin:") + all.value(QStringLiteral("PATH")));
        all.insert(QStringLiteral("XDG_DATA_DIRS"), prefix() + QStringLiteral("/share"));
        all.insert(QStringLiteral("HOME"), path("home"));
        for (const char* name :
            { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR" })
            all.insert(QLatin1StringView(name), path("home/") + QLatin1StringView(name));
        QDir().mkpath(path("home/XDG_RUNTIME_DIR"));
        QFile::setPermissions(
            path("home/XDG_RUNTIME_DIR"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        all.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        // Where the build shares libraries between its programs; what is installed has none.
        all.insert(QStringLiteral("LD_LIBRARY_PATH"), QStringLiteral(VIRTDECK_BIN_DIR "/../lib"));
        all.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
        return all;
    }

    /// What the program says, if it ends with 0.
    QByteArray run(const QString& program, const QStringList& arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        const bool isOver = process.waitForFinished(kPatience);
        const QByteArray said = process.readAll();
        if (!isOver || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
            qFatal("%s: %s %s", qPrintable(program), qPrintable(process.errorString()),
                said.constData());
        return said;
    }

    /// Who runs the installed window.
    QList<qint64> installedWindows() const
    {
        QList<qint64> out;
        const QStringList all = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
        const QString program
            = QFileInfo(prefix() + QStringLiteral("/bin/virtdeck")).canonicalFilePath();
        for (const QString& name : all) {
            if (QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(name)) == program)
                out.append(name.toLongLong());
        }
        return out;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(tst_Installation)
#include "tst_Installation.moc"
