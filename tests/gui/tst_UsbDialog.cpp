// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The chooser of USB devices, and the rules by which a machine gets them.
#include "console/ConsoleSession.h"
#include "tests/gui/WindowFixture.h"
#include "tests/support/console/FakeTransport.h"
#include "ui/dialogs/UsbDialog.h"
#include "ui/pages/ConsoleDevices.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolBar>
#include <QToolButton>
#include <QTreeWidget>

using namespace console;

namespace {

const QString kKey = QStringLiteral("console-usb/vm-1");
const UsbRule kStickRule { .vendor = 0x781, .product = 0x5567 };

} // namespace

class tst_UsbDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(tests::warningsOfOurs());
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<QSettings>(
            m_folder->filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
        m_settings = std::make_unique<ui::Settings>(*m_store);
        m_fake = {};
        m_session = std::make_unique<ConsoleSession>(m_fake.factory());
        m_wishes = std::make_unique<QSignalSpy>(&m_session->devices(), &GuestDevices::wished);
        connectAgain();
        m_dialog = std::make_unique<ui::UsbDialog>(
            m_session->devices(), *m_settings, kKey, QStringLiteral("mine"), nullptr);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    void cleanup()
    {
        m_dialog.reset();
        m_wishes.reset();
        m_session.reset();
    }

    void device_isGivenAndTakenBack()
    {
        plugIn({ .id = 4 });
        choose(0);
        QCOMPARE(give()->text(), QStringLiteral("&Give to the guest"));
        give()->click();
        QCOMPARE(latest<UsbRedirectWish>().id, 4u);
        QVERIFY(latest<UsbRedirectWish>().isRedirected);
        QCOMPARE(cell(0, 2), QStringLiteral("No")); // until the guest has it
        plugIn({ .id = 4, .isRedirected = true });
        QCOMPARE(cell(0, 2), QStringLiteral("Yes"));
        QCOMPARE(give()->text(), QStringLiteral("&Take back"));
        give()->click();
        QVERIFY(!latest<UsbRedirectWish>().isRedirected);
    }

    void deviceThatCannotBeGiven_saysWhy()
    {
        plugIn({ .id = 4, .obstacle = QStringLiteral("all channels are in use") });
        choose(0);
        QCOMPARE(cell(0, 2), QStringLiteral("Not possible"));
        QVERIFY(!give()->isEnabled());
        QCOMPARE(give()->toolTip(), QStringLiteral("all channels are in use"));
    }

    void givenDevice_canBeTakenBackWhateverTheObstacle()
    {
        plugIn({ .id = 4, .isRedirected = true, .obstacle = QStringLiteral("in use") });
        choose(0);
        QVERIFY(give()->isEnabled());
    }

    void pulledOut_isGoneAndNothingIsChosen()
    {
        plugIn({ .id = 4 });
        choose(0);
        Q_EMIT m_fake.latest->deviceNews(UsbDeviceGone { .id = 4 });
        QVERIFY(cell(0, 0).startsWith(QStringLiteral("No USB device")));
        QVERIFY(!give()->isEnabled());
        QVERIFY(!always()->isEnabled());
    }

    void refusedForRights_isToldWithWhatHelps()
    {
        plugIn({ .id = 4 });
        QVERIFY(!problem()->isVisible());
        refuse(4, QStringLiteral("Not authorized"));
        QVERIFY(problem()->text().contains(QStringLiteral("Not authorized")));
        QVERIFY(problem()->text().contains(QStringLiteral("polkit")));
        choose(0);
        give()->click(); // tried again, it may be different
        QVERIFY(!problem()->isVisible());
    }

    void refusedForElse_isToldWithoutAdvice()
    {
        refuse(0, QStringLiteral("the file is empty"));
        QVERIFY(problem()->isVisible());
        QVERIFY(problem()->text().contains(QStringLiteral("the file is empty")));
        QVERIFY(!problem()->text().contains(QStringLiteral("polkit")));
    }

    void rule_isRememberedAndUndone()
    {
        plugIn({ .id = 4 });
        choose(0);
        always()->click();
        QCOMPARE(latest<UsbWatchWish>().rules, QList { kStickRule });
        QCOMPARE(ui::UsbDialog::savedRules(*m_settings, kKey), QList { kStickRule });
        QCOMPARE(cell(0, 3), QStringLiteral("Yes"));
        QCOMPARE(always()->text(), QStringLiteral("Give only when &asked"));
        always()->click();
        QVERIFY(latest<UsbWatchWish>().rules.isEmpty());
        QVERIFY(ui::UsbDialog::savedRules(*m_settings, kKey).isEmpty());
        QCOMPARE(cell(0, 3), QString());
    }

    void discs_areOfNoKind()
    {
        plugIn({ .id = 4, .isDisc = true });
        choose(0);
        QVERIFY(!always()->isEnabled());
    }

    void rules_holdForTheMachineThatIsOpened()
    {
        plugIn({ .id = 4 });
        choose(0);
        always()->click();
        m_dialog->close();
        m_wishes->clear();

        // A new connection is told, without the chooser.
        connectAgain();
        QCOMPARE(latest<UsbWatchWish>().rules, QList { kStickRule });

        // So is the next console of the same machine, and none of another.
        for (const char* machine : { "vm-1", "vm-2" }) {
            tests::FakeTransports others;
            ConsoleSession next(others.factory());
            QWidget window;
            QToolBar bar(&window);
            ui::ConsoleDevices tools(*m_settings, &bar, &window);
            tools.setSession(&next, QString::fromLatin1(machine));
            QCOMPARE(next.devices().usbRules().size(), machine == QByteArray("vm-1") ? 1 : 0);
            tools.setSession(nullptr, {});
        }
    }

    void discWithoutChannel_isNotOffered()
    {
        auto* disc = m_dialog->findChild<QPushButton*>(QStringLiteral("usbDisc"));
        QVERIFY(disc->isEnabled());
        Q_EMIT m_fake.latest->deviceNews(UsbChannels { .count = 1, .free = 0 });
        QVERIFY(!disc->isEnabled());
        QVERIFY(!disc->toolTip().isEmpty());
    }

private:
    void connectAgain()
    {
        m_session->open({ .unixSocket = QStringLiteral("/x") });
        m_fake.latest->goLive();
        Q_EMIT m_fake.latest->deviceNews(UsbChannels { .count = 2, .free = 2 });
    }
    /// A memory stick, new or with other facts.
    void plugIn(UsbDevice device)
    {
        device.vendor = quint16(kStickRule.vendor);
        device.product = quint16(kStickRule.product);
        device.name = QStringLiteral("Stick");
        Q_EMIT m_fake.latest->deviceNews(device);
    }
    void refuse(quint32 id, const QString& reason)
    {
        Q_EMIT m_fake.latest->deviceNews(UsbFailure { .id = id, .reason = reason });
    }
    template <typename T> T latest() const
    {
        for (auto i = m_wishes->size() - 1; i >= 0; --i) {
            const auto wish = m_wishes->at(i).first().value<DeviceWish>();
            if (const T* found = std::get_if<T>(&wish))
                return *found;
        }
        return {};
    }
    QTreeWidget* list() const
    {
        return m_dialog->findChild<QTreeWidget*>(QStringLiteral("usbList"));
    }
    void choose(int row) { list()->setCurrentItem(list()->topLevelItem(row)); }
    QString cell(int row, int column) const { return list()->topLevelItem(row)->text(column); }
    QPushButton* give() const
    {
        return m_dialog->findChild<QPushButton*>(QStringLiteral("usbRedirect"));
    }
    QPushButton* always() const
    {
        return m_dialog->findChild<QPushButton*>(QStringLiteral("usbAutomatic"));
    }
    QLabel* problem() const { return m_dialog->findChild<QLabel*>(QStringLiteral("usbProblem")); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_store;
    std::unique_ptr<ui::Settings> m_settings;
    tests::FakeTransports m_fake;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<QSignalSpy> m_wishes;
    std::unique_ptr<ui::UsbDialog> m_dialog;
};

QTEST_MAIN(tst_UsbDialog)
#include "tst_UsbDialog.moc"
