// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The program's window when it is started with an address that can't be connected to.
#include "app/virtdeck/Application.h"
#include "tests/gui/WindowFixture.h"

#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

} // namespace

class tst_BadAddress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(tests::warningsOfOurs());
        m_settings = std::make_unique<QSettings>(
            m_folder.filePath(text("virtdeck.ini")), QSettings::IniFormat);
        m_settings->clear();
    }

    void badAddress_isToldInTheWindow_data()
    {
        QTest::addColumn<app::Options>("options");
        QTest::newRow("beside others")
            << app::Options { .connect = { text("qemu:/system"), text("test:///default") } };
        QTest::newRow("alone") << app::Options { .only = { text("qemu:/system") } };
    }

    void badAddress_isToldInTheWindow()
    {
        QFETCH(app::Options, options);
        start(options);
        const auto* box
            = m_application->window().findChild<QMessageBox*>(text("unusableAddresses"));
        QVERIFY(box && box->isVisible());
        const QString told = box->informativeText();
        for (const char* part : { "qemu:/system", "divided by \"://\"", "qemu+ssh://user@host" })
            QVERIFY2(told.contains(text(part)), qPrintable(told));
        // The others are connected to, and the bad one is not remembered.
        QCOMPARE(m_application->workspace().hosts.hosts().size(), options.only.isEmpty() ? 2 : 0);
        QVERIFY(!ui::Settings(*m_settings).connections().contains(text("qemu:/system")));
    }

    void fromTheMessage_aConnectionIsAdded()
    {
        start({ .only = { text("nonsense") } });
        auto* add = m_application->window().findChild<QPushButton*>(text("unusableAddressesAdd"));
        QVERIFY(add);
        add->click();
        QTRY_VERIFY(m_application->window().findChild<QDialog*>(text("addConnectionDialog")));
    }

    void goodAddresses_tellNothing()
    {
        start({ .connect = { text("test:///default") } });
        QVERIFY(!m_application->window().findChild<QMessageBox*>());
    }

    void cleanup() { m_application.reset(); }

private:
    void start(const app::Options& options)
    {
        m_application = std::make_unique<app::Application>(options,
            app::ProgramPaths { .host = text("/nonexistent/virtdeck-host"),
                .console = text("/nonexistent/virtdeck-console") },
            *m_settings);
        m_application->start();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<app::Application> m_application;
};

Q_DECLARE_METATYPE(app::Options)

QTEST_MAIN(tst_BadAddress)
#include "tst_BadAddress.moc"
