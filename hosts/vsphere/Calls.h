// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/vsphere/Soap.h"

#include <QStringList>
#include <QVector>

namespace hosts::vsphere {

// The elements of the calls that we make: of the vSphere Web Services API 4.1 and newer, none of
// which changes anything but our own session and views. Pure.

/// Which properties of the objects of one type are asked for.
struct Wanted {
    QString type {};
    QStringList paths {}; ///< "summary.quickStats.overallCpuUsage"
};

/// One series of one entity. `instance`: "" for all together, "*" for each.
struct Measured {
    int counter = 0;
    QString instance {};
};

struct PerfQuery {
    MoRef entity {};
    QVector<Measured> figures {};
    int samples = 1; ///< the last so many
    int interval = 20; ///< seconds; 20 are the server's "real-time" samples
};

QByteArray retrieveServiceContent();
QByteArray login(const MoRef& sessionManager, const QString& user, const QString& password);
QByteArray logout(const MoRef& sessionManager);
QByteArray currentTime();
QByteArray createContainerView(
    const MoRef& viewManager, const MoRef& container, const QStringList& types);
QByteArray destroyView(const MoRef& view);
/// Of what a view holds; at most `most` objects in one answer.
QByteArray retrieveView(
    const MoRef& collector, const MoRef& view, const QVector<Wanted>& wanted, int most);
QByteArray retrieveObject(const MoRef& collector, const MoRef& object, const Wanted& wanted);
QByteArray continueRetrieve(const MoRef& collector, const QString& token);
QByteArray queryPerf(const MoRef& perfManager, const QVector<PerfQuery>& queries);

} // namespace hosts::vsphere
