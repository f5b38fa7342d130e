// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace {

// Who may include whom, folder by folder; the first matching folder counts. It is the table of
// docs/architecture.md in the form that a machine can hold us to.
struct Room {
    QString folder;
    QStringList mayInclude; ///< project folders, besides itself
    QStringList forbidden; ///< regular expressions on library headers
};

QList<Room> rooms()
{
    const auto text = [](const char* literal) { return QString::fromLatin1(literal); };
    const QString widgets
        = text("^(QtWidgets|QtGui|QtCharts|QtSvg)/|^Q(Widget|Chart|Painter|Icon|Pixmap|Image|"
               "Application|MainWindow|Dialog|Label|Action|Menu|Style)");
    const QString libvirt = text("^libvirt/");
    const QString spice = text("^(spice|glib|gio)");
    const QString qt = text("^Q");
    const QString pugi = text("^pugixml");
    const QString sql = text("^(QSql|QtSql)");
    const QString wayland = text("^(wayland|qpa/)");
    const QString xcb = text("^xcb/");
    const QString vterm = text("^vterm");
    const QString xkb = text("^xkbcommon");
    const QString base = text("vmm/base/");
    return {
        { text("vmm/base/"), {}, { widgets, libvirt, spice, pugi } },
        { text("vmm/definition/"), { base }, { widgets, libvirt, spice } },
        { text("vmm/qemu/"), { base, text("vmm/definition/") }, { widgets, libvirt, spice, pugi } },
        { text("hosts/wire/"), { text("vmm/"), text("hosts/") },
            { widgets, libvirt, spice, pugi } },
        { text("hosts/embedded/"), { text("vmm/"), text("hosts/") },
            { widgets, libvirt, spice, pugi } },
        { text("hosts/vsphere/"), { base, text("hosts/") }, { widgets, libvirt, spice } },
        { text("hosts/libvirt/"), { text("vmm/"), text("hosts/") }, { widgets, spice } },
        { text("hosts/"), { text("vmm/") }, { widgets, libvirt, spice, pugi } },
        { text("models/"), { base, text("vmm/definition/"), text("hosts/") },
            { widgets, libvirt, spice, pugi, sql } },
        { text("console/protocol/"), {}, { qt, libvirt, spice, pugi } },
        { text("console/helper/"), { text("console/protocol/") }, { qt, libvirt, pugi } },
        { text("console/wayland/"), {}, { widgets, libvirt, spice, pugi } },
        { text("console/x11/"), {}, { widgets, libvirt, spice, pugi } },
        { text("console/terminal/"), { base, text("console/") },
            { libvirt, spice, pugi, wayland, xcb, xkb } },
        { text("console/typing/"), { base, text("console/") },
            { libvirt, spice, pugi, wayland, xcb, vterm } },
        { text("console/"), { base }, { libvirt, spice, pugi, wayland, xcb, vterm, xkb } },
        { text("ui/"), { text("models/"), text("console/"), text("hosts/"), base },
            { libvirt, spice, pugi, sql, wayland, xcb, vterm, xkb } },
        { text("app/host/"), { text("vmm/"), text("hosts/") }, { widgets, libvirt, spice, pugi } },
        { text("app/vdctl/"),
            { text("vmm/"), text("hosts/"), text("ui/text/"), text("app/virtdeck/EndSignals"),
                text("app/virtdeck/Programs") },
            { widgets, libvirt, spice, pugi } },
        { text("app/console/"), { text("console/") }, { qt, libvirt, pugi } },
        { text("app/"),
            { text("vmm/"), text("hosts/"), text("models/"), text("console/"), text("ui/") },
            { libvirt, spice, pugi, wayland } },
    };
}

struct Include {
    QString file;
    int line = 0;
    QString target;
    bool isProject = false;
};

QList<Include> includesOf(const QString& root, const QString& file)
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"));
    QFile source(root + QLatin1Char('/') + file);
    QList<Include> found;
    if (!source.open(QIODevice::ReadOnly))
        return found;
    for (int number = 1; !source.atEnd(); ++number) {
        const auto match = pattern.match(QString::fromUtf8(source.readLine()));
        if (match.hasMatch())
            found.append(
                { file, number, match.captured(2), match.captured(1) == QStringLiteral("\"") });
    }
    return found;
}

bool mayInclude(const Room& room, const QString& target)
{
    if (!target.contains(QLatin1Char('/')) || target.startsWith(room.folder))
        return true; // "x.moc" and what is in the same room
    // "hosts/" means the interface; the concrete hosts are app/'s business alone, and what VMware
    // tells beside libvirt is the libvirt host's.
    if (target.startsWith(QStringLiteral("hosts/vsphere/")))
        return room.folder == QStringLiteral("hosts/libvirt/");
    const bool isConcreteHost = target.startsWith(QStringLiteral("hosts/embedded/"))
        || target.startsWith(QStringLiteral("hosts/libvirt/"));
    if (isConcreteHost && !room.folder.startsWith(QStringLiteral("app/")))
        return false;
    return std::any_of(room.mayInclude.begin(), room.mayInclude.end(),
        [&](const QString& allowed) { return target.startsWith(allowed); });
}

QString complaint(const Room& room, const Include& include)
{
    const QString where = QStringLiteral("%1:%2 includes %3: ")
                              .arg(include.file)
                              .arg(include.line)
                              .arg(include.target);
    if (include.isProject)
        return mayInclude(room, include.target)
            ? QString()
            : where + QStringLiteral("the arrow runs up the house");
    for (const QString& pattern : room.forbidden) {
        if (QRegularExpression(pattern).match(include.target).hasMatch())
            return where + QStringLiteral("that library has no place in this room");
    }
    return {};
}

template <typename Visit>
void forEachSource(std::initializer_list<const char*> folders, Visit visit)
{
    const QString root = QStringLiteral(VIRTDECK_SOURCE_DIR);
    for (const char* folder : folders) {
        QDirIterator walk(root + QLatin1Char('/') + QLatin1String(folder),
            { QStringLiteral("*.h"), QStringLiteral("*.cpp"), QStringLiteral("*.c") }, QDir::Files,
            QDirIterator::Subdirectories);
        while (walk.hasNext())
            visit(root, QDir(root).relativeFilePath(walk.next()));
    }
}

} // namespace

class tst_Layering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void includes_runDownTheHouse()
    {
        const QList<Room> table = rooms();
        QStringList complaints;
        int files = 0;
        forEachSource({ "vmm", "hosts", "models", "console", "ui", "app" },
            [&](const QString& root, const QString& file) {
                ++files;
                const auto room = std::find_if(table.begin(), table.end(),
                    [&](const Room& candidate) { return file.startsWith(candidate.folder); });
                if (room == table.end()) {
                    complaints.append(file + QStringLiteral(" is in no room"));
                    return;
                }
                for (const Include& include : includesOf(root, file)) {
                    const QString text = complaint(*room, include);
                    if (!text.isEmpty())
                        complaints.append(text);
                }
            });
        QVERIFY2(files > 10, "nothing was read");
        QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(QLatin1Char('\n'))));
    }

    void anIncludeUpTheHouse_isFound_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("isProject");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* folder, const char* target, bool isProject, bool allowed) {
            QTest::addRow("%s <- %s", folder, target)
                << QString::fromLatin1(folder) << QString::fromLatin1(target) << isProject
                << allowed;
        };
        row("vmm/qemu/", "hosts/Host.h", true, false);
        row("vmm/qemu/", "QWidget", false, false);
        row("models/", "libvirt/libvirt.h", false, false);
        row("models/", "QPainter", false, false);
        row("ui/", "hosts/embedded/EmbeddedHost.h", true, false);
        row("console/helper/", "QObject", false, false);
        row("console/", "hosts/Host.h", true, false);
        row("console/", "qpa/qplatformnativeinterface.h", false, false);
        row("console/wayland/", "qpa/qplatformnativeinterface.h", false, true);
        row("ui/", "hosts/Host.h", true, true);
        row("hosts/libvirt/", "hosts/vsphere/Reader.h", true, true);
        row("hosts/vsphere/", "hosts/libvirt/Session.h", true, false);
        row("hosts/vsphere/", "libvirt/libvirt.h", false, false);
        row("app/", "hosts/vsphere/Reader.h", true, false);
        row("models/", "vmm/definition/Definition.h", true, true);
        row("models/", "vmm/qemu/Core.h", true, false);
        row("ui/", "vmm/definition/Definition.h", true, false);
        row("hosts/wire/", "vmm/base/Result.h", true, true);
        row("app/", "hosts/embedded/EmbeddedHost.h", true, true);
    }

    void anIncludeUpTheHouse_isFound()
    {
        QFETCH(QString, folder);
        QFETCH(QString, target);
        QFETCH(bool, isProject);
        QFETCH(bool, allowed);
        const QList<Room> table = rooms();
        const auto room = std::find_if(table.begin(), table.end(),
            [&](const Room& candidate) { return candidate.folder == folder; });
        QVERIFY(room != table.end());
        QCOMPARE(
            complaint(*room, { QStringLiteral("file"), 1, target, isProject }).isEmpty(), allowed);
    }

    void everySource_namesItsLicence()
    {
        QStringList without;
        forEachSource({ "vmm", "hosts", "models", "console", "ui", "app", "tests" },
            [&](const QString& root, const QString& name) {
                QFile file(root + QLatin1Char('/') + name);
                if (!file.open(QIODevice::ReadOnly)
                    || !file.read(200).contains("SPDX-License-Identifier: GPL-3.0-or-later"))
                    without.append(name);
            });
        QVERIFY2(without.isEmpty(), qPrintable(without.join(QLatin1Char('\n'))));
    }
};

QTEST_APPLESS_MAIN(tst_Layering)
#include "tst_Layering.moc"
