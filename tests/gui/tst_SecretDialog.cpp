// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/WindowFixture.h"
#include "tests/support/TestNames.h"
#include "ui/SecretStore.h"
#include "ui/dialogs/SecretQuestions.h"

#include <QCheckBox>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <QWidget>

class tst_SecretDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(tests::warningsOfOurs());
        m_answers.clear();
    }

    void typedSecret_isTheAnswerAndIsHidden()
    {
        ask({ .subject = QStringLiteral("a2"),
            .question = { .prompt = QStringLiteral("Password:") } });
        auto* edit = m_dialog->findChild<QLineEdit*>(QStringLiteral("secretEdit"));
        QCOMPARE(edit->echoMode(), QLineEdit::Password);
        QTest::keyClicks(edit, QStringLiteral("top secret"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(m_answers, QVector<std::optional<QString>> { QStringLiteral("top secret") });
        QTRY_VERIFY(!m_dialog); // with what was typed
    }

    void trust_isNotGivenByReturn()
    {
        const SecretQuestion question { .subject = QStringLiteral("a2"),
            .question = { .prompt = QStringLiteral("Are you sure (yes/no)? <b>x</b>"),
                .kind = hosts::Question::Kind::YesOrNo } };
        ask(question);
        auto* prompt = m_dialog->findChild<QLabel*>(QStringLiteral("secretPrompt"));
        QCOMPARE(prompt->textFormat(), Qt::PlainText);
        QTest::keyClick(m_dialog.data(), Qt::Key_Return);
        QCOMPARE(m_answers, QVector<std::optional<QString>> { std::nullopt });
        ask(question);
        m_dialog->findChild<QPushButton*>(QStringLiteral("secretAgree"))->click();
        QCOMPARE(m_answers.last(), std::optional(QStringLiteral("yes")));
    }

    void userName_isSeenWhileItIsTyped()
    {
        ask({ .subject = QStringLiteral("a2"),
            .question
            = { .prompt = QStringLiteral("Your name:"), .kind = hosts::Question::Kind::Text } });
        QCOMPARE(m_dialog->findChild<QLineEdit*>()->echoMode(), QLineEdit::Normal);
        QVERIFY(!m_dialog->findChild<QLabel*>(QStringLiteral("secretWrong"))->isVisible());
        m_dialog->reject();
    }

    void questionAskedAgain_saysThatItWasWrong()
    {
        ask({ .subject = QStringLiteral("a2"),
            .question = { .prompt = QStringLiteral("Password:"), .isRepeated = true } });
        QVERIFY(m_dialog->findChild<QLabel*>(QStringLiteral("secretWrong"))->isVisible());
        m_dialog->reject();
    }

    void keptSecret_isNotAskedForAgain()
    {
        FakeStore store;
        const hosts::Question question { .prompt = QStringLiteral("Password:"),
            .keyName = QStringLiteral("a2 Password:") };
        askWith(&store, question);
        QVERIFY(m_dialog);
        m_dialog->findChild<QCheckBox*>(QStringLiteral("secretKeep"))->setChecked(true);
        QTest::keyClicks(m_dialog->findChild<QLineEdit*>(), QStringLiteral("top"));
        QTest::keyClick(m_dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        QCOMPARE(store.secrets.value(QStringLiteral("a2 Password:")), QStringLiteral("top"));
        askWith(&store, question);
        QVERIFY(!m_dialog);
        QCOMPARE(m_answers.last(), std::optional(QStringLiteral("top")));
        // It was wrong: it is forgotten, and a person is asked.
        hosts::Question again = question;
        again.isRepeated = true;
        askWith(&store, again);
        QVERIFY(m_dialog);
        QVERIFY(store.secrets.isEmpty());
        m_dialog->reject();
    }

    void keyringThatFails_isToldWhereTheQuestionIs()
    {
        FakeStore store;
        store.problem = { ui::KeyringProblem::Kind::Locked, QStringLiteral("no") };
        const hosts::Question question { .prompt = QStringLiteral("Password:"),
            .keyName = QStringLiteral("a2 Password:") };
        askWith(&store, question);
        QVERIFY(m_dialog);
        const auto* why = m_dialog->findChild<QLabel*>(QStringLiteral("secretKeyring"));
        QVERIFY(why->isVisible() && why->text().contains(QStringLiteral("locked")));
        // Not wanted: nothing more is told.
        QTest::keyClicks(m_dialog->findChild<QLineEdit*>(), QStringLiteral("top"));
        QTest::keyClick(m_dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        QVERIFY(!m_parent.findChild<QMessageBox*>());
        // Wanted: the answer is used all the same.
        askWith(&store, question);
        m_dialog->findChild<QCheckBox*>(QStringLiteral("secretKeep"))->setChecked(true);
        QTest::keyClicks(m_dialog->findChild<QLineEdit*>(), QStringLiteral("top"));
        QTest::keyClick(m_dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        QCOMPARE(m_answers.last(), std::optional(QStringLiteral("top")));
        auto* told = m_parent.findChild<QMessageBox*>(QStringLiteral("secretNotKept"));
        QVERIFY(told && told->isVisible());
        QVERIFY(told->informativeText().contains(QStringLiteral("locked")));
        told->close();
        // Where there is no keyring at all, nothing is promised.
        store.problem = { ui::KeyringProblem::Kind::Missing, {} };
        askWith(&store, question);
        QVERIFY(!m_dialog->findChild<QCheckBox*>(QStringLiteral("secretKeep"))->isEnabled());
        m_dialog->reject();
    }

    void secretIsKept_onlyIfWanted()
    {
        FakeStore store;
        askWith(&store,
            { .prompt = QStringLiteral("Password:"), .keyName = QStringLiteral("a2 Password:") });
        QTest::keyClicks(m_dialog->findChild<QLineEdit*>(), QStringLiteral("top"));
        QTest::keyClick(m_dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        QVERIFY(store.secrets.isEmpty());
        askWith(nullptr,
            { .prompt = QStringLiteral("Password:"), .keyName = QStringLiteral("a2 Password:") });
        QVERIFY(!m_dialog->findChild<QCheckBox*>(QStringLiteral("secretKeep"))->isVisible());
        m_dialog->reject();
    }

    void sameQuestion_isAskedOnceForAllWhoWantToKnow()
    {
        ui::SecretQuestions questions(nullptr);
        const auto ask = [&](const char* host, const char* prompt) {
            questions.ask(&m_parent, QString::fromLatin1(host),
                { .prompt = QString::fromLatin1(prompt) },
                [this](const std::optional<QString>& text) { m_answers.append(text); });
        };
        for (int i = 0; i < 3; ++i)
            ask("a2", "Password:");
        QCOMPARE(openDialogs().size(), 1);
        ask("b1", "Password:");
        QCOMPARE(openDialogs().size(), 2);
        openDialogs().last()->reject();
        QCOMPARE(m_answers, QVector<std::optional<QString>> { std::nullopt });
        auto* edit = openDialogs().first()->findChild<QLineEdit*>();
        QTest::keyClicks(edit, QStringLiteral("top"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(m_answers.mid(1), QVector<std::optional<QString>>(3, QStringLiteral("top")));
        ask("a2", "Password:"); // it may have been wrong
        QCOMPARE(openDialogs().size(), 1);
        openDialogs().first()->reject();
        QCOMPARE(m_answers.size(), 5);
    }

    void questionThatGoesWithItsWindow_isDeclined()
    {
        ui::SecretQuestions questions(nullptr);
        auto window = std::make_unique<QWidget>();
        questions.ask(window.get(), QStringLiteral("a2"), { .prompt = QStringLiteral("Password:") },
            [this](const std::optional<QString>& text) { m_answers.append(text); });
        window.reset();
        QCOMPARE(m_answers, QVector<std::optional<QString>> { std::nullopt });
    }

    void questionWhoseAskerGoes_goesUnanswered()
    {
        FakeStore store;
        auto asker = std::make_unique<QObject>();
        ui::SecretDialog::askOrRecall(
            &m_parent, QStringLiteral("web"),
            { .prompt = QStringLiteral("Password:"), .keyName = QStringLiteral("k") }, &store,
            [this](const std::optional<QString>& text) { m_answers.append(text); }, asker.get());
        QCOMPARE(openDialogs().size(), 1);
        asker.reset();
        QVERIFY(openDialogs().isEmpty());
        QVERIFY(m_answers.isEmpty());
        QVERIFY(store.secrets.isEmpty());
    }

    void escape_declines()
    {
        ask({ .subject = QStringLiteral("a2"),
            .question = { .prompt = QStringLiteral("Password:") } });
        QTest::keyClick(m_dialog.data(), Qt::Key_Escape);
        QCOMPARE(m_answers, QVector<std::optional<QString>> { std::nullopt });
    }

private:
    struct FakeStore : ui::SecretStore {
        QHash<QString, QString> secrets;
        std::optional<ui::KeyringProblem> problem;
        void find(const QString& name, std::function<void(const Found&)> answer) override
        {
            answer({ secrets.contains(name) ? std::optional(secrets.value(name)) : std::nullopt,
                problem });
        }
        void keep(const QString& name, const QString& secret,
            std::function<void(const ui::KeyringProblem&)> failed) override
        {
            if (problem)
                failed(*problem);
            else
                secrets[name] = secret;
        }
        void forget(const QString& name) override { secrets.remove(name); }
    };

    void askWith(FakeStore* store, const hosts::Question& question)
    {
        QTRY_VERIFY(!m_dialog || !m_dialog->isVisible());
        m_dialog = nullptr;
        ui::SecretDialog::askOrRecall(&m_parent, QStringLiteral("a2"), question, store,
            [this](const std::optional<QString>& text) { m_answers.append(text); });
        for (auto* dialog : m_parent.findChildren<ui::SecretDialog*>()) {
            if (dialog->isVisible())
                m_dialog = dialog;
        }
    }

    QList<ui::SecretDialog*> openDialogs() const
    {
        QList<ui::SecretDialog*> open = m_parent.findChildren<ui::SecretDialog*>();
        open.removeIf([](const ui::SecretDialog* dialog) { return !dialog->isVisible(); });
        return open;
    }

    using SecretQuestion = ui::SecretQuestion;

    void ask(const SecretQuestion& question)
    {
        ui::SecretDialog::ask(&m_parent, question,
            [this](const std::optional<QString>& text) { m_answers.append(text); });
        for (auto* dialog : m_parent.findChildren<ui::SecretDialog*>()) {
            if (dialog->isVisible())
                m_dialog = dialog;
        }
        QVERIFY(m_dialog);
    }

    QWidget m_parent;
    QPointer<ui::SecretDialog> m_dialog;
    QVector<std::optional<QString>> m_answers;
};

QTEST_MAIN(tst_SecretDialog)
#include "tst_SecretDialog.moc"
