// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/StoredState.h"

#include <QJsonDocument>

namespace vmm {

namespace {

constexpr QLatin1StringView kAutostart("autostart");
constexpr QLatin1StringView kTemplate("template");

void put(QJsonObject& object, QLatin1StringView key, bool isOn)
{
    if (isOn)
        object.insert(key, true);
    else
        object.remove(key);
}

} // namespace

QByteArray StoredState::toJson() const
{
    QJsonObject object = others;
    put(object, kAutostart, isAutostart);
    put(object, kTemplate, isTemplate);
    return QJsonDocument(object).toJson();
}

Result<StoredState> StoredState::fromJson(const QByteArray& json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (!document.isObject())
        return Error { ErrorKind::InvalidConfig, QStringLiteral("state.json"),
            problem.error != QJsonParseError::NoError ? problem.errorString()
                                                      : QStringLiteral("not an object") };
    StoredState state { .others = document.object() };
    state.isAutostart = state.others.take(kAutostart).toBool();
    state.isTemplate = state.others.take(kTemplate).toBool();
    return state;
}

} // namespace vmm
