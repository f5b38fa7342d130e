// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/GuestPicture.h"
#include "console/ViewGeometry.h"

#include <QObject>
#include <QPointer>
#include <QRegion>
#include <QTimer>

#include <memory>
#include <optional>

class QWidget;
class QWindow;

namespace console {

namespace x11 {
class SharedPixels;
}

/// Brings what changes of a picture to the screen past Qt's backing store, so that nobody copies
/// it but the display server: where that can read it by itself (X11), the picture is not scaled,
/// and nothing lies over it. The backing store then holds what was there before. It is brought up
/// to date every two seconds, and before an exposed window shows it. GUI thread.
class DirectPresenter : public QObject {
    Q_OBJECT

public:
    explicit DirectPresenter(QWidget* view);
    ~DirectPresenter() override;

    void setPicture(const GuestPicture& picture);
    /// False: it is to be painted as usual. The caller knows that the picture, and nothing but it,
    /// is what the view shows. `region` in pixels of the picture.
    bool present(const QRegion& region, const ViewGeometry& geometry);
    /// Called when the view has been painted.
    void notePainted(const QRegion& region) { m_unpainted -= region; }
    int presented() const { return m_presented; } ///< how often, so far

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool attach();
    std::optional<QRect> freePart() const;
    void follow(QWindow* window);
    void paintLate();

    QWidget* m_view;
    QPointer<QWindow> m_window; ///< whose exposures are followed
    std::shared_ptr<const FrameBuffer> m_memory;
    QPoint m_origin; ///< of the picture, in pixels of the memory
    std::unique_ptr<x11::SharedPixels> m_pixels;
    bool m_isTried = false;
    QRegion m_unpainted; ///< of the view, in logical pixels: the backing store is behind
    QTimer m_late;
    int m_presented = 0;
};

} // namespace console
