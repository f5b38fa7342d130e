// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/XmlDialog.h"

#include "ui/dialogs/FormDialog.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/XmlEditor.h"

#include <QPointer>
#include <QXmlStreamReader>

namespace ui {

namespace {

QString rootOf(const QString& xml)
{
    QXmlStreamReader reader(xml);
    return reader.readNextStartElement() ? reader.name().toString() : QString();
}

} // namespace

QPlainTextEdit* XmlDialog::makeEditor(const QString& xml)
{
    auto* editor = new XmlEditor(QStringLiteral("xmlEditor"));
    editor->setXml(xml);
    editor->setMinimumSize(
        editor->fontMetrics().averageCharWidth() * 76, editor->fontMetrics().lineSpacing() * 18);
    return editor;
}

QString XmlDialog::problem(const QString& xml, const QString& root)
{
    QXmlStreamReader reader(xml);
    QString first;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && first.isEmpty())
            first = reader.name().toString();
    }
    if (reader.hasError())
        return tr("The XML is broken in line %1: %2")
            .arg(reader.lineNumber())
            .arg(reader.errorString());
    if (first != root)
        return tr("It must be a <%1>.").arg(root);
    return {};
}

void XmlDialog::edit(Context& context, hosts::Host* host, const Subject& subject, QWidget* parent)
{
    fetch(context, host, subject, std::nullopt, parent);
}

void XmlDialog::fetch(Context& context, hosts::Host* host, const Subject& subject,
    const std::optional<QString>& typed, QWidget* parent)
{
    const QPointer<hosts::Host> still(host);
    const auto fetched = host->run(subject.fetch);
    vmm::async::onFinished(fetched, parent,
        [&context, still, subject, typed, parent](vmm::Result<hosts::Answer> answer) {
            const auto xml = hosts::replyFrom<QString>(std::move(answer));
            if (!still)
                return;
            if (xml)
                show(context, still, subject, { *xml, typed }, parent);
            else
                context.workspace.commands.run(still, subject.fetch); // to be told why
        });
}

void XmlDialog::show(Context& context, hosts::Host* host, const Subject& subject,
    const Content& content, QWidget* parent)
{
    auto* dialog = new FormDialog(QStringLiteral("editXml"), subject.title, tr("Store"), parent);
    QPlainTextEdit* editor = makeEditor(content.typed.value_or(content.stored));
    dialog->addWide(editor);
    if (content.typed) {
        dialog->addWide(sectionLabel(tr("Stored meanwhile"), QStringLiteral("editXmlOtherTitle")));
        QPlainTextEdit* other = makeEditor(content.stored);
        other->setObjectName(QStringLiteral("xmlOther"));
        other->setAccessibleName(tr("Stored meanwhile"));
        other->setReadOnly(true);
        dialog->addWide(other);
    }
    dialog->setProblem([editor, stored = content.stored, root = rootOf(content.stored)] {
        const QString now = editor->toPlainText();
        return now == stored ? tr("Nothing has been changed yet.") : problem(now, root);
    });
    const QString consequence = content.typed
        ? tr("Somebody else has changed it meanwhile, so yours was not stored. What is above "
             "replaces theirs if you store it now.")
        : subject.hint;
    dialog->setConsequence([consequence] { return consequence; });
    dialog->setRun([&context, still = QPointer<hosts::Host>(host), editor, subject,
                       stored = content.stored, parent] {
        if (still && context.workspace.hosts.contains(still))
            store(context, still, subject, { stored, editor->toPlainText() }, parent);
    });
    dialog->start();
    editor->setFocus();
}

void XmlDialog::store(Context& context, hosts::Host* host, const Subject& subject,
    const Content& content, QWidget* parent)
{
    const auto begun
        = context.workspace.commands.run(host, subject.store(*content.typed, content.stored));
    vmm::async::onFinished(begun.answer, parent,
        [&context, still = QPointer<hosts::Host>(host), subject, typed = content.typed, parent](
            const vmm::Result<hosts::Answer>& done) {
            if (still && !done && done.error().cause == vmm::ErrorCause::DefinitionChanged)
                fetch(context, still, subject, typed, parent);
        });
}

} // namespace ui
