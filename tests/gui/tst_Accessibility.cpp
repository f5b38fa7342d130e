// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can be operated has a name: an accessible one for people, an object name for
// tests; and it can be reached by keyboard.
#include "models/VmTableModel.h"
#include "tests/gui/WindowFixture.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitterHandle>
#include <QTabBar>
#include <QTextEdit>

using tests::FakeHost;
using tests::WindowFixture;

namespace {

bool isOperated(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget)
        || qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget)
        || qobject_cast<const QTabBar*>(widget) || qobject_cast<const QTextEdit*>(widget)
        || (qobject_cast<const QAbstractItemView*>(widget)
            && !qobject_cast<const QHeaderView*>(widget));
}

// Qt makes these inside its own widgets; the outer one carries the name.
bool isInner(const QWidget* widget)
{
    for (const QWidget* each = widget; each; each = each->parentWidget()) {
        if (each->objectName().startsWith(QStringLiteral("qt_")))
            return true;
        if (each != widget
            && (qobject_cast<const QComboBox*>(each) || qobject_cast<const QAbstractSpinBox*>(each)
                || qobject_cast<const QLineEdit*>(each) || qobject_cast<const QTabBar*>(each)
                || qobject_cast<const QAbstractItemView*>(each)))
            return true;
    }
    return false;
}

QStringList nameless(const QWidget& root)
{
    QStringList found;
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        if (!isOperated(widget) || isInner(widget))
            continue;
        const QString what = QString::fromLatin1(widget->metaObject()->className())
            + QLatin1Char(' ') + widget->objectName() + QStringLiteral(" in ")
            + widget->parentWidget()->objectName();
        if (widget->objectName().isEmpty())
            found << what + QStringLiteral(": no object name");
        if (widget->accessibleName().isEmpty())
            found << what + QStringLiteral(": no accessible name");
    }
    return found;
}

} // namespace

class tst_Accessibility : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(tests::warningsOfOurs()); }

    void everyWidgetOfTheWindow_hasNames()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(QStringLiteral("web"), vmm::VmState::Running);
        fixture.open();
        fixture.select(host, vm);
        const QStringList found = nameless(*fixture.window);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }

    void everyWidgetOfTheDialogs_hasNames_data()
    {
        QTest::addColumn<QString>("action");
        QTest::newRow("new machine") << QStringLiteral("actionNewMachine");
        QTest::newRow("add connection") << QStringLiteral("actionAddConnection");
        QTest::newRow("about") << QStringLiteral("actionAbout");
        QTest::newRow("confirm") << QStringLiteral("actionForceOff");
        QTest::newRow("palette") << QStringLiteral("actionPalette");
    }

    void everyWidgetOfTheDialogs_hasNames()
    {
        QFETCH(QString, action);
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(QStringLiteral("web"), vmm::VmState::Running);
        fixture.open();
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        QTRY_VERIFY(fixture.window->findChild<QAction*>(action)->isEnabled());
        fixture.window->findChild<QAction*>(action)->trigger();
        const auto* dialog = fixture.window->findChild<QDialog*>();
        QVERIFY(dialog);
        const QStringList found = nameless(*dialog);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }

    void everyActionOfTheWindow_hasNameAndWords()
    {
        WindowFixture fixture;
        fixture.open();
        for (const QAction* action : fixture.window->QWidget::actions()) {
            QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
        }
    }

    void noTwoShortcuts_areTheSame()
    {
        WindowFixture fixture;
        fixture.open();
        QHash<QKeySequence, QString> taken;
        for (const QAction* action : fixture.window->QWidget::actions()) {
            for (const QKeySequence& keys : action->shortcuts()) {
                QVERIFY2(!taken.contains(keys),
                    qPrintable(keys.toString() + QStringLiteral(": ") + taken.value(keys)
                        + QStringLiteral(" and ") + action->objectName()));
                taken.insert(keys, action->objectName());
            }
        }
    }

    void tab_reachesToolbarTreeAndPage()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        host->addVm(QStringLiteral("web"), vmm::VmState::ShutOff);
        ui::MainWindow& window = fixture.open();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        window.selection().setHost(host);
        QStringList reached;
        for (int i = 0; i < 40; ++i) {
            if (const QWidget* focus = QApplication::focusWidget())
                reached << focus->objectName();
            QTest::keyClick(&window, Qt::Key_Tab);
        }
        for (const char* wanted : { "inventoryTree", "filterEdit", "actionNewMachineButton",
                 "hostVmsView", "hostVmsFilter", "taskToggle", "paletteButton" })
            QVERIFY2(reached.contains(QString::fromLatin1(wanted)), wanted);
    }

    void rows_sayWhatTheyShow()
    {
        const auto spoken
            = [](const QModelIndex& row) { return row.data(Qt::AccessibleTextRole).toString(); };
        WindowFixture fixture;
        FakeHost* host = fixture.addHost(QStringLiteral("qemu+ssh://root@a2/system"));
        const hosts::VmId vm = host->addVm(QStringLiteral("web"), vmm::VmState::Paused);
        fixture.open();
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        const QAbstractItemModel* tree = fixture.find<QAbstractItemView>("inventoryTree")->model();
        const QModelIndex ofHost = tree->index(0, 0);
        QCOMPARE(spoken(ofHost), QStringLiteral("a2: Connected"));
        QCOMPARE(ofHost.data().toString(), QStringLiteral("a2")); // what type-ahead goes by
        QCOMPARE(spoken(tree->index(0, 0, ofHost)), QStringLiteral("web: Paused"));
        const QAbstractItemModel* table = fixture.find<QAbstractItemView>("allVmsView")->model();
        QCOMPARE(spoken(table->index(0, 0)), QStringLiteral("web: Paused"));
        const QModelIndex hostCell = table->index(0, static_cast<int>(models::VmColumn::Host));
        QCOMPARE(hostCell.data().toString(), QStringLiteral("a2"));

        fixture.workspace->commands.perform(host, vm, vmm::VmAction::Resume);
        const QAbstractItemModel* tasks = fixture.find<QAbstractItemView>("taskList")->model();
        QTRY_VERIFY(spoken(tasks->index(0, 0)).endsWith(QStringLiteral(": Done")));
        QVERIFY(spoken(tasks->index(0, 0)).contains(QStringLiteral("web")));
        host->setConnection(hosts::ConnectionState::Reconnecting);
        QTRY_VERIFY(spoken(tree->index(0, 0, ofHost)).contains(QStringLiteral("seen last")));
        QVERIFY(spoken(ofHost).contains(QStringLiteral("No connection")));
    }

    void rightToLeft_mirrorsTheWindow()
    {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        WindowFixture fixture;
        ui::MainWindow& window = fixture.open();
        const QWidget* sidebar = fixture.find<QWidget>("sidebar");
        const QWidget* pages = fixture.find<QWidget>("pages");
        const int sidebarX = sidebar->mapTo(&window, QPoint(0, 0)).x();
        const int pagesX = pages->mapTo(&window, QPoint(0, 0)).x();
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QVERIFY(sidebarX > pagesX);
    }

    void doubledFont_stillFits()
    {
        const QFont usual = QApplication::font();
        QFont large = usual;
        large.setPointSizeF(usual.pointSizeF() * 2);
        QApplication::setFont(large);
        const auto restore = qScopeGuard([usual] { QApplication::setFont(usual); });
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        hosts::HostInfo info = host->info();
        info.cpuModel = QStringLiteral("A processor with an uncommonly long commercial name");
        host->setInfo(info);
        const hosts::VmId vm = host->addVm(QStringLiteral("web"), vmm::VmState::Running);
        ui::MainWindow& window = fixture.open();
        fixture.select(host, vm);
        window.resize(1280, 800);
        QCoreApplication::processEvents();
        auto* content = fixture.find<QScrollArea>("overviewTab")->widget();
        QTRY_VERIFY(content->height() >= content->heightForWidth(content->width()));
        QTRY_VERIFY(content->width() <= content->parentWidget()->width());
        // Whatever needs more room than it got would be cut.
        for (const QLabel* label : window.findChildren<QLabel*>()) {
            if (label->isVisible() && label->wordWrap())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()),
                    qPrintable(label->objectName() + QLatin1Char(' ') + label->text()));
            if (label->isVisible() && !label->wordWrap())
                QVERIFY2(label->height() >= label->fontMetrics().height(),
                    qPrintable(label->objectName()));
        }
        window.selection().setHost(host);
        QCoreApplication::processEvents();
        for (const QLabel* label : fixture.find<QWidget>("hostFacts")->findChildren<QLabel*>())
            QVERIFY2(!label->wordWrap() || label->height() >= label->heightForWidth(label->width()),
                qPrintable(label->text()));
        QVERIFY2(window.minimumSizeHint().width() <= 1280,
            qPrintable(QString::number(window.minimumSizeHint().width())));
    }
};

QTEST_MAIN(tst_Accessibility)
#include "tst_Accessibility.moc"
