// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/XmlDialog.h"

#include "ui/dialogs/FormDialog.h"
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
    const QPointer<hosts::Host> still(host);
    const auto fetched = host->run(subject.fetch);
    vmm::async::onFinished(
        fetched, parent, [&context, still, subject, parent](vmm::Result<hosts::Answer> answer) {
            const auto xml = hosts::replyFrom<QString>(std::move(answer));
            if (!still)
                return;
            if (xml)
                show(context, still, subject, *xml, parent);
            else
                context.workspace.commands.run(still, subject.fetch); // to be told why
        });
}

void XmlDialog::show(Context& context, hosts::Host* host, const Subject& subject,
    const QString& xml, QWidget* parent)
{
    auto* dialog = new FormDialog(QStringLiteral("editXml"), subject.title, tr("Store"), parent);
    QPlainTextEdit* editor = makeEditor(xml);
    dialog->addWide(editor);
    dialog->setProblem([editor, xml, root = rootOf(xml)] {
        const QString now = editor->toPlainText();
        return now == xml ? tr("Nothing has been changed yet.") : problem(now, root);
    });
    dialog->setConsequence([hint = subject.hint] { return hint; });
    dialog->setRun([&context, still = QPointer<hosts::Host>(host), editor, store = subject.store] {
        if (still && context.workspace.hosts.contains(still))
            context.workspace.commands.run(still, store(editor->toPlainText()));
    });
    dialog->start();
    editor->setFocus();
}

} // namespace ui
