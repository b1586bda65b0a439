// What can be measured in the page: sizes of text and targets, contrast, what
// reaches beyond the window, and whether the focus is in sight. Every function
// takes the page's tree and gives a list of faults.
const measure = (() => {
  const up = (element) => element.parentElement || (element.getRootNode().host || null);
  const name = (element) => {
    const marks = ["data-fact", "data-field", "data-action", "data-step", "id"];
    const mark = marks.map((mark) => element.getAttribute(mark) && `[${mark}=${element.getAttribute(mark)}]`).find(Boolean) || "";
    return `${element.localName}.${(element.getAttribute("class") || "").replace(/ /g, ".")}${mark}`;
  };
  // The paper is a likeness of what prints, with its own sizes; it is magnified as a whole.
  const onPaper = (element) => !!element.closest(".paper, .sheet");
  const zoom = (element) => element.currentCSSZoom || 1;
  const start = (root) => root.body || root;

  const shown = (element) => {
    const style = getComputedStyle(element);
    if (style.visibility !== "visible" || style.display === "none") return false;
    const box = element.getBoundingClientRect();
    // What is only spoken is one pixel large.
    return box.width > 1 && box.height > 1 && (!element.checkVisibility || element.checkVisibility());
  };

  // Every element that shows text of its own, inputs included.
  function* texts(root) {
    const walker = document.createTreeWalker(start(root), NodeFilter.SHOW_TEXT);
    const seen = new Set();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!element || seen.has(element) || !walker.currentNode.data.trim()) continue;
      seen.add(element);
      if (["SCRIPT", "STYLE", "NOSCRIPT", "OPTION", "TEXTAREA"].includes(element.tagName)) continue;
      if (element.closest(".is-spoken, .skip")) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const box = range.getBoundingClientRect();
      if (box.width > 1 && box.height > 1 && shown(element)) yield element;
    }
    for (const element of start(root).querySelectorAll("input:not([type=radio]):not([type=checkbox]):not([type=file]), select, textarea")) {
      if (shown(element)) yield element;
    }
  }

  function smallText(root, least) {
    const faults = new Set();
    for (const element of texts(root)) {
      const size = parseFloat(getComputedStyle(element).fontSize) * zoom(element);
      if (size < least - 0.01 && !onPaper(element)) faults.add(`${name(element)}: ${size}px “${(element.textContent || element.value).trim().slice(0, 12)}”`);
    }
    return [...faults];
  }

  function tightLines(root, least) {
    const faults = new Set();
    for (const element of texts(root)) {
      const { fontSize, lineHeight } = getComputedStyle(element);
      if (["INPUT", "SELECT"].includes(element.tagName) || onPaper(element) || lineHeight === "normal") continue;
      const share = parseFloat(lineHeight) / parseFloat(fontSize);
      if (share < least - 0.01) faults.add(`${name(element)}: lines ${share.toFixed(2)} apart`);
    }
    return [...faults];
  }

  // What is hit for an input: the label that stands for it.
  const target = (element) => ["radio", "checkbox", "file"].includes(element.type) ? element.closest("label") || element : element;

  function smallTargets(root, least) {
    const faults = new Set();
    for (const element of start(root).querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
      const hit = target(element);
      if (!shown(hit) || hit.closest(".skip") || hit.classList.contains("preview__desk")) continue;
      // The frame around a figure belongs to its input.
      const box = (element.closest(".in") || hit).getBoundingClientRect();
      if (box.width < least - 0.5 || box.height < least - 0.5) {
        faults.add(`${name(element)}: ${Math.round(box.width)} × ${Math.round(box.height)} “${(hit.textContent || "").trim().slice(0, 12)}”`);
      }
    }
    return [...faults];
  }

  const colour = (text) => {
    const parts = (text.match(/[\d.]+/g) || []).map(Number);
    return { r: parts[0] || 0, g: parts[1] || 0, b: parts[2] || 0, a: parts.length > 3 ? parts[3] : 1 };
  };
  const over = (top, under) => ({
    r: top.r * top.a + under.r * (1 - top.a),
    g: top.g * top.a + under.g * (1 - top.a),
    b: top.b * top.a + under.b * (1 - top.a),
    a: 1,
  });
  const light = ({ r, g, b }) => {
    const part = (value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ratio = (one, other) => {
    const [bright, dark] = [light(one), light(other)].sort((a, b) => b - a);
    return (bright + 0.05) / (dark + 0.05);
  };

  // The colour behind an element, and how much of the element can be seen.
  function ground(element) {
    const layers = [];
    let opacity = 1;
    for (let at = element; at; at = up(at)) {
      const style = getComputedStyle(at);
      opacity *= Number(style.opacity);
      if (style.backgroundImage !== "none") return { image: true };
      const layer = colour(style.backgroundColor);
      if (layer.a > 0) layers.push(layer);
      if (layer.a === 1) break;
    }
    const white = { r: 255, g: 255, b: 255, a: 1 };
    return { opacity, colour: layers.reverse().reduce((under, layer) => over(layer, under), white) };
  }

  function faintText(root, least) {
    const faults = new Set();
    for (const element of texts(root)) {
      if (element.disabled) continue;
      const behind = ground(element);
      if (behind.image) {
        faults.add(`${name(element)} stands on a picture`);
        continue;
      }
      const ink = colour(getComputedStyle(element, element.placeholder && !element.value ? "::placeholder" : null).color);
      ink.a *= behind.opacity;
      const contrast = ratio(over(ink, behind.colour), behind.colour);
      if (contrast < least) faults.add(`${name(element)}: ${contrast.toFixed(2)} “${(element.textContent || element.value).trim().slice(0, 12)}”`);
    }
    return [...faults];
  }

  // What lies beyond the right edge of the window, or of the element that the
  // page stands in, unless a box of its own scrolls it.
  function beyond(root) {
    const page = document.documentElement;
    const edge = root.host ? root.host.getBoundingClientRect().right : page.clientWidth;
    if (!root.host && page.scrollWidth <= page.clientWidth) return [];
    const culprits = [...start(root).querySelectorAll("*")].filter((element) =>
      shown(element) && element.getBoundingClientRect().right > edge + 0.5 && !element.closest(".preview__desk, .skip"));
    if (root.host && !culprits.length) return [];
    return [`${page.scrollWidth} > ${page.clientWidth}, edge ${edge}: ${culprits.slice(0, 4).map(name).join(" ")}`];
  }

  // Controls that lie over one another, as where a browser does not know how
  // they are to be set apart. What sticks to an edge lies over others on purpose.
  function overlapping(root) {
    const sticks = (element) => {
      for (let at = element; at; at = up(at)) if (["fixed", "sticky"].includes(getComputedStyle(at).position)) return true;
      return false;
    };
    const controls = [...start(root).querySelectorAll("a[href], button, input, select, textarea, summary")].map(target);
    const boxes = [...new Set(controls)]
      .filter((element) => shown(element) && !element.closest(".skip") && !sticks(element))
      .map((element) => [element, element.getBoundingClientRect()]);
    const faults = [];
    boxes.forEach(([one, a], place) => {
      for (const [other, b] of boxes.slice(place + 1)) {
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        const apart = one.contains(other) || other.contains(one) || one.closest("dialog") !== other.closest("dialog");
        if (width > 2 && height > 2 && !apart) {
          faults.push(`${name(one)} lies over ${name(other)}`);
        }
      }
    });
    return faults;
  }

  const deepest = (x, y) => {
    let found = document.elementFromPoint(x, y);
    while (found && found.shadowRoot) {
      const inner = found.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === found) break;
      found = inner;
    }
    return found;
  };

  function active() {
    let element = document.activeElement;
    while (element && element.shadowRoot && element.shadowRoot.activeElement) element = element.shadowRoot.activeElement;
    return element;
  }

  // Whether what has the focus shows so, and no part of it is hidden.
  function hiddenFocus() {
    const element = active();
    if (!element || element === document.body) return [];
    const faults = [];
    const box = target(element);
    let marked = false;
    for (let at = element, steps = 0; at && steps < 3 && !marked; at = up(at), steps++) {
      const style = getComputedStyle(at);
      marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && (at === element || at.matches(":focus-within"));
    }
    if (!marked && element.tabIndex >= 0) faults.push(`${name(element)} does not show that it has the focus`);
    for (const part of box.getClientRects()) {
      // What is higher than the window is looked at where it can be seen.
      const top = Math.max(part.top, 0), bottom = Math.min(part.bottom, innerHeight);
      const tall = part.height > 200;
      const whole = (tall && bottom - top >= 100) || (part.top >= -1 && part.bottom <= innerHeight + 1);
      if (!whole || bottom <= top || part.left < -1 || part.right > innerWidth + 1) {
        faults.push(`${name(element)} is out of sight: ${JSON.stringify(part)} of ${innerWidth} × ${innerHeight}`);
        continue;
      }
      if (part.width < 4 || part.height < 4) continue;
      const points = [[(part.left + part.right) / 2, (top + bottom) / 2]];
      if (!tall) for (const x of [part.left + 2, part.right - 2]) for (const y of [top + 2, bottom - 2]) points.push([x, y]);
      for (const [x, y] of points) {
        const hit = deepest(x, y);
        if (hit && (hit === element || box.contains(hit) || element.contains(hit) || hit.contains(box))) continue;
        faults.push(`${name(element)} is covered by ${hit ? name(hit) : "nothing"} at ${Math.round(x)}, ${Math.round(y)}`);
        break;
      }
    }
    return faults;
  }

  return { smallText, tightLines, smallTargets, faintText, beyond, overlapping, hiddenFocus, active, name };
})();
