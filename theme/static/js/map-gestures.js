// How people move the map: mouse and pen, wheel, two fingers, keys. One finger and an untouched wheel scroll the page, not the map.

const STEP = 90; // pixels that an arrow key moves
const SLACK = 5; // pixels within which a press is a click
const KEYS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export function gestures(surface, view) {
  dragging(surface, view);
  pinching(surface, view);
  surface.addEventListener("wheel", (event) => wheel(event, surface, view), { passive: false });
  surface.addEventListener("dblclick", (event) => {
    if (!event.target.closest("button")) view.zoomBy(1, { ...within(event, surface), glide: true });
  });
  surface.addEventListener("keydown", (event) => key(event, surface, view));
}

function within(event, surface) {
  const box = surface.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function dragging(surface, view) {
  let last = null;
  let moved = false;
  surface.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return;
    last = [event.clientX, event.clientY];
    moved = false;
  });
  surface.addEventListener("pointermove", (event) => {
    if (!last || event.pointerType === "touch") return;
    const [across, down] = [event.clientX - last[0], event.clientY - last[1]];
    if (!moved && Math.hypot(across, down) < SLACK) return;
    if (!moved) {
      moved = true;
      surface.setPointerCapture(event.pointerId);
      surface.classList.add("held");
    }
    last = [event.clientX, event.clientY];
    view.drag(across, down);
  });
  const end = () => {
    last = null;
    surface.classList.remove("held");
  };
  surface.addEventListener("pointerup", end);
  surface.addEventListener("pointercancel", end);
  // The click that ends a drag means nothing.
  surface.addEventListener(
    "click",
    (event) => {
      if (moved) event.stopPropagation();
      moved = false;
    },
    { capture: true },
  );
}

function pinching(surface, view) {
  let last = null;
  const now = ({ touches: [one, other] }) => {
    const box = surface.getBoundingClientRect();
    return {
      x: (one.clientX + other.clientX) / 2 - box.left,
      y: (one.clientY + other.clientY) / 2 - box.top,
      apart: Math.max(Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY), 1),
    };
  };
  const begin = (event) => {
    last = event.touches.length === 2 ? now(event) : null;
    if (last) event.preventDefault();
  };
  surface.addEventListener("touchstart", begin, { passive: false });
  surface.addEventListener("touchend", begin, { passive: false });
  surface.addEventListener("touchcancel", begin, { passive: false });
  surface.addEventListener(
    "touchmove",
    (event) => {
      if (!last || event.touches.length !== 2) return;
      event.preventDefault();
      const next = now(event);
      view.drag(next.x - last.x, next.y - last.y);
      view.zoomBy(Math.log2(next.apart / last.apart), next);
      last = next;
    },
    { passive: false },
  );
}

function wheel(event, surface, view) {
  if (!event.ctrlKey && !surface.contains(document.activeElement)) return;
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 20 : 1;
  const steps = (-event.deltaY * lines) / (event.ctrlKey ? 60 : 300);
  view.zoomBy(Math.max(-1, Math.min(1, steps)), within(event, surface));
}

function key(event, surface, view) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const arrow = event.target === surface && KEYS[event.key];
  if (arrow) view.drag(arrow[0] * STEP, arrow[1] * STEP);
  else if (event.key === "+" || event.key === "=") view.zoomBy(1, { glide: true });
  else if (event.key === "-") view.zoomBy(-1, { glide: true });
  else if (event.key === "Home") view.fitAll();
  else return;
  event.preventDefault();
}
