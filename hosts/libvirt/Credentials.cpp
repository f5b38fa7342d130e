// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Credentials.h"

#include <cstring>

namespace hosts::libvirt {

/// One answer on its way from the person to the thread that waits for it.
struct Credentials::Slot {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<QString> text;
    bool isAnswered = false;

    void answer(const std::optional<QString>& said)
    {
        const std::lock_guard lock(mutex);
        if (std::exchange(isAnswered, true))
            return;
        text = said;
        changed.notify_all();
    }
};

namespace {

QString promptOf(const virConnectCredential& wanted)
{
    return QString::fromUtf8(wanted.prompt).trimmed();
}

bool isName(int type)
{
    return type == VIR_CRED_AUTHNAME || type == VIR_CRED_USERNAME;
}

bool isSecret(int type)
{
    return type == VIR_CRED_PASSPHRASE || type == VIR_CRED_NOECHOPROMPT;
}

/// libssh asks "(yes/no)?" and libssh2 "(y/n)?"; both take "y", libssh nothing else (9.0).
bool isYesOrNo(const virConnectCredential& wanted)
{
    const QString prompt = promptOf(wanted);
    return wanted.type == VIR_CRED_ECHOPROMPT
        && (prompt.contains(QStringLiteral("(y/n)")) || prompt.contains(QStringLiteral("(yes/no)"))
            || prompt.contains(QStringLiteral("/n)")) || prompt.contains(QStringLiteral("/no)")));
}

} // namespace

Credentials::Credentials(QString host, QString userName)
    : m_host(std::move(host))
    , m_userName(std::move(userName))
    , m_mail(Mailbox::create())
{
}

void Credentials::setAsker(const Asker& asker)
{
    m_asker = asker;
    if (!m_asker)
        declineAll();
}

void Credentials::declineAll()
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto& slot : waiting) {
        if (const auto alive = slot.lock())
            alive->answer(std::nullopt);
    }
}

std::optional<Credentials::Login> Credentials::login() const
{
    const std::lock_guard lock(m_mutex);
    std::optional<Login> login = m_login;
    if (login && login->user.isEmpty())
        login->user = m_userName;
    return login;
}

void Credentials::Attempt::accept()
{
    const std::lock_guard lock(m_credentials.m_mutex);
    m_credentials.m_known.insert(m_given);
    if (!m_login.password.isEmpty())
        m_credentials.m_login = m_login;
    m_credentials.m_refused.clear();
    m_credentials.m_failures = 0;
}

void Credentials::Attempt::noteLogin()
{
    const std::lock_guard lock(m_credentials.m_mutex);
    if (!m_login.password.isEmpty())
        m_credentials.m_login = m_login;
}

bool Credentials::Attempt::reject()
{
    const std::lock_guard lock(m_credentials.m_mutex);
    bool wasRemembered = false;
    for (auto given = m_given.cbegin(); given != m_given.cend(); ++given) {
        m_credentials.m_refused.insert(given.key());
        wasRemembered = m_credentials.m_known.remove(given.key()) || wasRemembered;
    }
    if (!wasRemembered)
        ++m_credentials.m_failures;
    const bool goesOn = !m_given.isEmpty() && !m_isDeclined && m_credentials.m_failures < kAttempts;
    if (!goesOn)
        m_credentials.m_failures = 0;
    return goesOn;
}

int Credentials::Attempt::answer(virConnectCredentialPtr wanted, unsigned int count)
{
    for (unsigned int i = 0; i < count; ++i) {
        const auto text = find(wanted[i]);
        if (!text) {
            m_isDeclined = true;
            return -1;
        }
        if (isName(wanted[i].type))
            m_login.user = *text;
        else if (isSecret(wanted[i].type))
            m_login.password = *text;
        const QByteArray bytes = isYesOrNo(wanted[i]) ? QByteArray("y") : text->toUtf8();
        wanted[i].result = strdup(bytes.constData()); // libvirt frees it
        wanted[i].resultlen = static_cast<unsigned int>(bytes.size());
    }
    return 0;
}

std::optional<QString> Credentials::Attempt::find(const virConnectCredential& wanted)
{
    if (isName(wanted.type) && !m_credentials.m_userName.isEmpty())
        return m_credentials.m_userName;
    const Question question = questionFor(wanted);
    if (question.kind != Question::Kind::YesOrNo) {
        const std::lock_guard lock(m_credentials.m_mutex);
        const auto known = m_credentials.m_known.constFind(question.prompt);
        // Asked again within one attempt: what it was told is wrong.
        if (known != m_credentials.m_known.constEnd() && !m_given.contains(question.prompt)) {
            m_given.insert(question.prompt, *known);
            return *known;
        }
    }
    const auto text = m_credentials.askAndWait(question);
    if (question.kind == Question::Kind::YesOrNo)
        return text == QStringLiteral("yes") ? text : std::nullopt;
    if (text)
        m_given.insert(question.prompt, *text);
    return text;
}

Question Credentials::Attempt::questionFor(const virConnectCredential& wanted) const
{
    Question question { .prompt = promptOf(wanted) };
    if (isYesOrNo(wanted)) {
        question.kind = Question::Kind::YesOrNo;
        return question;
    }
    if (isName(wanted.type) || wanted.type == VIR_CRED_ECHOPROMPT)
        question.kind = Question::Kind::Text;
    question.keyName = m_credentials.m_host + QLatin1Char(' ') + question.prompt;
    const std::lock_guard lock(m_credentials.m_mutex);
    question.isRepeated
        = m_credentials.m_refused.contains(question.prompt) || m_given.contains(question.prompt);
    return question;
}

std::optional<QString> Credentials::askAndWait(const Question& question)
{
    const auto slot = std::make_shared<Slot>();
    // A function that is dropped without having been called declines.
    const std::shared_ptr<void> guard(nullptr, [slot](void*) { slot->answer(std::nullopt); });
    m_mail->post([this, slot, guard, question] {
        if (!m_asker)
            return slot->answer(std::nullopt);
        std::erase_if(m_waiting, [](const auto& other) { return other.expired(); });
        m_waiting.push_back(slot);
        m_asker(
            question, [slot, guard](const std::optional<QString>& text) { slot->answer(text); });
    });
    ++m_asking;
    std::unique_lock lock(slot->mutex);
    slot->changed.wait(lock, [&] { return slot->isAnswered; });
    --m_asking;
    return slot->text;
}

} // namespace hosts::libvirt
