// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The keyring of the desktop: a real one on a bus of its own, unlocked and locked, and none at all.
#include "app/virtdeck/Keyring.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <QTimer>

namespace {

using Problem = ui::KeyringProblem;

QString nameOf(Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::Missing:
        return QStringLiteral("missing");
    case Problem::Kind::Locked:
        return QStringLiteral("locked");
    case Problem::Kind::Silent:
        return QStringLiteral("silent");
    case Problem::Kind::Other:
        return QStringLiteral("other");
    }
    return {};
}

const QString kName = QStringLiteral("a2 Password:");

/// What this program is in the bus of its own: "keep SECRET" or "find", and says what came of it.
class Probe {
public:
    int run(const QStringList& arguments)
    {
        const auto keyring = app::makeKeyring();
        if (!keyring) {
            say(QStringLiteral("built without"));
            return 0;
        }
        if (arguments.value(0) == QStringLiteral("keep")) {
            keyring->keep(
                kName, arguments.value(1), [this](const Problem& problem) { sayProblem(problem); });
            // Kept is what can be read again.
            keyring->find(kName, [this](const Found& found) { take(found); });
        } else {
            keyring->find(kName, [this](const Found& found) { take(found); });
        }
        return QApplication::exec();
    }

private:
    using Found = ui::SecretStore::Found;

    void say(const QString& line) { QTextStream(stdout) << line << '\n'; }
    void sayProblem(const Problem& problem)
    {
        say(QStringLiteral("problem ") + nameOf(problem.kind) + u' ' + problem.detail.simplified());
    }
    void take(const Found& found)
    {
        if (found.problem)
            sayProblem(*found.problem);
        else
            say(found.secret ? QStringLiteral("found ") + *found.secret
                             : QStringLiteral("nothing"));
        // What is to be kept has more patience.
        QTimer::singleShot(200, qApp, &QCoreApplication::quit);
    }
};

} // namespace

class tst_Keyring : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char* program : { "dbus-run-session", "gnome-keyring-daemon" }) {
            if (QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty())
                QSKIP("needs dbus-run-session and gnome-keyring-daemon");
        }
        if (!app::makeKeyring())
            QSKIP("built without QtKeychain");
    }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        for (const char* folder : { "data", "run", "config", "cache" })
            QDir(m_home->path()).mkdir(QString::fromLatin1(folder));
        // A bus that starts nothing by itself.
        QFile bus(busFile());
        QVERIFY(bus.open(QIODevice::WriteOnly));
        bus.write("<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>"
                  "<policy context='default'><allow send_destination='*' eavesdrop='true'/>"
                  "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>");
        QFile::setPermissions(m_home->filePath(QStringLiteral("run")),
            QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    void unlockedKeyring_remembersFromOneSessionToTheNext()
    {
        QCOMPARE(inSession(kUnlocked, "find"), QStringLiteral("nothing"));
        QCOMPARE(inSession(kUnlocked, "keep top"), QStringLiteral("found top"));
        QCOMPARE(inSession(kUnlocked, "find"), QStringLiteral("found top"));
    }

    void lockedKeyring_isAProblem()
    {
        QCOMPARE(inSession(kUnlocked, "keep top"), QStringLiteral("found top"));
        // There is nobody here who would ask for its password.
        const QString said = inSession(kLocked, "keep other");
        QVERIFY2(said.startsWith(QStringLiteral("problem ")), qPrintable(said));
        QVERIFY2(!said.contains(QStringLiteral("found")), qPrintable(said));
        QCOMPARE(inSession(kUnlocked, "find"), QStringLiteral("found top"));
    }

    void noKeyring_isAProblem()
    {
        for (const char* what : { "find", "keep top" }) {
            const QString said = inSession({}, what);
            QVERIFY2(said.startsWith(QStringLiteral("problem ")), qPrintable(said));
        }
    }

    void noBus_isAProblem()
    {
        QProcess probe;
        prepare(probe);
        probe.start(QApplication::applicationFilePath(),
            { QStringLiteral("--probe"), QStringLiteral("keep"), QStringLiteral("top") });
        const QString said = saidBy(probe);
        QVERIFY2(said.startsWith(QStringLiteral("problem ")), qPrintable(said));
    }

private:
    static inline const QString kUnlocked
        = QStringLiteral("printf pass | gnome-keyring-daemon --components=secrets --unlock &&");
    static inline const QString kLocked
        = QStringLiteral("gnome-keyring-daemon --start --components=secrets &&");

    QString busFile() const { return m_home->filePath(QStringLiteral("bus.conf")); }

    void prepare(QProcess& probe) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : { "DATA", "CONFIG", "CACHE" })
            environment.insert(QStringLiteral("XDG_%1_HOME").arg(QString::fromLatin1(name)),
                m_home->filePath(QString::fromLatin1(name).toLower()));
        environment.insert(
            QStringLiteral("XDG_RUNTIME_DIR"), m_home->filePath(QStringLiteral("run")));
        environment.insert(QStringLiteral("HOME"), m_home->path());
        // Else libsecret finds one: no bus, and nothing that would start one.
        for (const char* name : { "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY",
                 "XDG_CURRENT_DESKTOP", "GNOME_KEYRING_CONTROL" })
            environment.remove(QString::fromLatin1(name));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        probe.setProcessEnvironment(environment);
    }

    QString inSession(const QString& before, const char* what) const
    {
        QProcess probe;
        prepare(probe);
        probe.start(QStringLiteral("dbus-run-session"),
            { QStringLiteral("--config-file=") + busFile(), QStringLiteral("--"),
                QStringLiteral("sh"), QStringLiteral("-c"),
                before + QStringLiteral(" exec \"$0\" --probe ") + QString::fromLatin1(what),
                QApplication::applicationFilePath() });
        return saidBy(probe);
    }

    /// Its last line: what the keyring's own program says goes before.
    static QString saidBy(QProcess& probe)
    {
        if (!probe.waitForFinished(60'000))
            return QStringLiteral("did not end");
        const QStringList lines
            = QString::fromUtf8(probe.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
        QStringList told;
        for (const QString& line : lines) {
            if (!line.contains(u'='))
                told << line;
        }
        return told.join(QStringLiteral("; "));
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--probe"))
        return Probe().run(arguments.mid(2));
    tst_Keyring test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Keyring.moc"
