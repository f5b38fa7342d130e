// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/vdctl/Output.h"

#include "app/vdctl/Invocation.h"
#include "app/vdctl/Values.h"
#include "ui/text/ErrorText.h"

#include <cerrno>
#include <cstdio>

namespace vdctl {

namespace {

int errorOf(bool isDone)
{
    if (isDone)
        return 0;
    return errno != 0 ? errno : EIO;
}

void writeError(const QByteArray& bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
}

void writeJson(const vmm::Error& error, const QString& message)
{
    QJsonObject object = vdctl::json(error);
    object.insert(QStringLiteral("message"), message);
    writeError(document(QJsonObject { { QStringLiteral("error"), object } }) + '\n');
}

} // namespace

void tellError(const vmm::Error& error, ErrorStyle style, const QString& remedy)
{
    ui::ErrorText text = ui::ErrorText::of(error);
    if (text.why.isEmpty())
        text.why = error.detail.trimmed().section(QLatin1Char('\n'), 0, 0);
    if (!remedy.isEmpty())
        text.remedy = remedy;
    if (style.isJson)
        return writeJson(error, text.inOneLine());
    QString all = QStringLiteral("vdctl: ") + text.what + QLatin1Char('\n');
    for (const QString& line : { text.why, text.remedy }) {
        if (!line.isEmpty())
            all += QStringLiteral("  ") + line + QLatin1Char('\n');
    }
    if (style.isVerbose)
        all += QStringLiteral("  [%1]\n").arg(error.toString());
    writeError(all.toLocal8Bit());
}

void tellUsageError(const vmm::Error& error, ErrorStyle style)
{
    const QString sentence = error.subject.isEmpty()
        ? error.detail
        : error.subject + QStringLiteral(": ") + error.detail;
    if (style.isJson)
        return writeJson(error, sentence);
    writeError((QStringLiteral("vdctl: ") + sentence + QLatin1Char('\n')).toLocal8Bit());
}

int writeOut(const QByteArray& bytes)
{
    const auto size = static_cast<size_t>(bytes.size());
    errno = 0;
    return errorOf(
        std::fwrite(bytes.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0);
}

int closeOut()
{
    errno = 0;
    return errorOf(std::fclose(stdout) == 0);
}

int tellUnwritable(int error, ErrorStyle style)
{
    if (error == EPIPE)
        return kReaderGone;
    tellUsageError(
        { vmm::ErrorKind::Io, QStringLiteral("standard output"), qt_error_string(error) }, style);
    return exitCodeFor(vmm::ErrorKind::Io);
}

} // namespace vdctl
