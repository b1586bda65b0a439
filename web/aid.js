// What the loader needs only once the module is there; it comes with the glue.
(() => {
  // The pieces of the page that every case needs, in the order in which they are wanted.
  const AHEAD = ["actions", "questions", "score", "papers"];

  const TYPED_INTO = "textarea,input:not([type=radio]):not([type=checkbox]):not([type=file])";

  const file = ({ name, mime, text }) => new File([text], name, { type: mime });

  const kept = new WeakSet();

  const aid = {
    // What is typed into, and what the Tab key comes to, comes clear of what
    // sticks to the edge of the window, by the margins of its style. Browsers do
    // so themselves, but WebKit gives it up when the page moves in between. What
    // is pressed stays where it is: one that moved would not be hit.
    inSight(event) {
      const [element] = event.composedPath();
      if (event.key !== "Tab" && !(event.type === "focusin" && element.matches(TYPED_INTO))) return;
      requestAnimationFrame(() => {
        // Who is faster than the page has gone on by now.
        if (element.getRootNode().activeElement === element) element.scrollIntoView({ block: "nearest" });
      });
    },

    // Fetches pieces one after the other once nothing else is to be done, so that
    // they are there when they are wanted, also when the network has gone by then.
    // What does not come is asked for again when the network is back. The page is
    // told, as a print by the browser's menu waits for nothing, and its root bears
    // a mark once nothing more will be fetched for any step.
    ahead(place, names, module) {
      const later = self.requestIdleCallback || ((deed) => setTimeout(deed, 1000));
      const all = () => AHEAD.filter((name) => names.includes(name)).reduce((before, name) => before.then(() => module(name)), Promise.resolve())
        .then(() => {
          if (place.page) place.page.set("whole", "yes");
          place.root.setAttribute("data-whole", "");
        })
        .catch(() => addEventListener("online", all, { once: true }));
      later(all);
    },

    // Keeps what the page shows its own, as long as its root stands.
    keep(root) {
      if (kept.has(root)) return;
      kept.add(root);
      // Chromium has one history of changes for all inputs of a page. It takes
      // nothing back in another than the one that has the focus.
      root.addEventListener("beforeinput", (event) => {
        const isHistory = event.inputType.startsWith("history");
        if (isHistory && event.target !== root.getRootNode().activeElement) event.preventDefault();
      });
      aid.keepFiles(root);
      aid.keepMenu(root);
      aid.keepTexts(root);
    },

    // Where the browser has handles for files, a file that is opened brings its own
    // along, so that the page can save into the same one. Frames have none chosen.
    keepFiles(root) {
      root.addEventListener("drop", ({ dataTransfer: { files, items } }) => {
        if (files.length !== 1 || !items[0].getAsFileSystemHandle) return;
        files[0].handle = items[0].getAsFileSystemHandle().catch(() => {});
      });
      if (!self.showOpenFilePicker || self !== top) return;
      root.addEventListener("click", async (event) => {
        const input = event.target;
        if (!event.isTrusted || !input.matches("[data-action=import]:enabled")) return;
        event.preventDefault();
        const chosen = await showOpenFilePicker({ multiple: true }).catch(() => []);
        const all = new DataTransfer();
        for (const handle of chosen) {
          const file = await handle.getFile().catch(() => new File([], handle.name));
          file.handle = handle;
          all.items.add(file);
        }
        if (!chosen.length) return;
        input.files = all.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
    },

    // The menu of the head shuts by Escape, when a press or the focus goes
    // elsewhere, and before something in it is done. What had the focus in it
    // gives it back to its button, so that a dialogue gives it back there too.
    keepMenu(root) {
      const hear = (type, isToShut) => root.addEventListener(type, (event) => {
        const menu = root.querySelector(".menu[open]");
        if (!menu || !isToShut(event, menu.contains(event.target))) return;
        if (menu.contains(root.getRootNode().activeElement)) menu.firstElementChild.focus();
        menu.open = false;
      }, true);
      // Some browsers give a button that is pressed no focus, and then hear no key for it.
      root.addEventListener("toggle", ({ target }) => {
        if (target.matches(".menu[open]")) target.firstElementChild.focus();
      }, true);
      hear("keydown", ({ key }) => key === "Escape");
      // The arrows go through it, and the page stays where it is.
      root.addEventListener("keydown", (event) => {
        const menu = event.target.closest(".menu");
        const step = { ArrowDown: 1, ArrowUp: -1, Home: 0, End: 0 }[event.key];
        if (!menu || step === undefined || (!menu.open && event.key !== "ArrowDown")) return;
        event.preventDefault();
        menu.open = true;
        const all = [...menu.querySelectorAll("button,input,a")].filter((item) => !item.matches(":disabled") && item.offsetParent);
        const at = all.indexOf(root.getRootNode().activeElement);
        const next = step ? (at < 0 && step < 0 ? -1 : at + step) : event.key === "End" ? -1 : 0;
        all[(next + all.length) % all.length].focus();
      });
      hear("focusin", (_, isWithin) => !isWithin);
      hear("click", ({ target }, isWithin) => !isWithin || target.closest("button"));
    },

    // A translator takes texts away and puts elements of its own in their place,
    // while the page goes on writing into the texts. Such a text is put back,
    // empty, beside what stands for it, which goes when the page writes the text
    // or takes it away.
    keepTexts(root) {
      const replaced = new Map();
      const observer = new MutationObserver((records) => {
        for (const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } of records) {
          for (const node of type === "characterData" ? [target] : removedNodes) {
            const one = replaced.get(node);
            if (one && (type === "characterData" || !node.parentNode)) {
              replaced.delete(node);
              for (const other of one.by) other.remove();
            } else if (type === "characterData" || node.parentNode) {
              continue;
            } else if (node.nodeType === 3) {
              const isFree = (other) => other && other.localName === "font" && ![...replaced.values()].some(({ by }) => by.includes(other));
              const by = addedNodes.length ? [...addedNodes] : [previousSibling, nextSibling].filter(isFree).slice(0, 1);
              if (removedNodes.length > 1 || !by.length || !by[0].parentNode) continue;
              replaced.set(node, { by, text: node.data });
              records.push(...observer.takeRecords());
              node.data = "";
              by[0].before(node);
              observer.takeRecords();
            } else {
              // The translator shows the original again.
              for (const [text, { by, text: original }] of replaced) {
                if (!by.includes(node)) continue;
                replaced.delete(text);
                text.data = original;
                observer.takeRecords();
              }
            }
          }
        }
      });
      observer.observe(root, { childList: true, characterData: true, subtree: true });
    },

    // Follows the width of an element, and makes room on paper while it prints.
    // Gives a function that ends it.
    watch(element, root, widths, paper) {
      const observer = new ResizeObserver((entries) => {
        const width = entries[0].contentRect.width;
        const below = widths.filter((limit) => width <= limit).join(" ");
        if (root.getAttribute("data-below") !== below) root.setAttribute("data-below", below);
      });
      observer.observe(root);
      let restore = () => {};
      const before = () => {
        restore();
        if (root.querySelector("[data-printing]")) restore = aid.alone(element, paper);
      };
      const after = () => {
        restore();
        restore = () => {};
      };
      window.addEventListener("beforeprint", before);
      window.addEventListener("afterprint", after);
      return () => {
        observer.disconnect();
        after();
        window.removeEventListener("beforeprint", before);
        window.removeEventListener("afterprint", after);
      };
    },

    // The text of a file that somebody else named; it is not read beyond the limit.
    async foreign(name, limit, word) {
      const response = await fetch(new URL(name, document.baseURI).href);
      if (!response.ok) throw new Error(response.status + " " + response.url);
      const reader = response.body.getReader();
      const chunks = [];
      for (let size = 0;;) {
        const { done, value } = await reader.read();
        if (done) return aid.text(new Blob(chunks), word);
        size += value.length;
        if (size > limit) {
          reader.cancel();
          throw new Error(name + " is larger than " + limit + " bytes");
        }
        chunks.push(value);
      }
    },

    // The text of a file, in whichever encoding a program saved it, or the case
    // within papers for Word: as a file that is picked is read (src/documents/brought.rs).
    async text(blob, word) {
      const bytes = new Uint8Array(await new Response(blob).arrayBuffer());
      const [first, second] = bytes;
      if (first === 0x50 && second === 0x4b) return (await word()).read(bytes) || "";
      const wide = second === 0 || first === 0xff && second === 0xfe ? "utf-16le"
        : first === 0 || first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
      const decoded = (encoding) => new TextDecoder(encoding, { fatal: true }).decode(bytes);
      try {
        return decoded(wide);
      } catch (_) {
        // What is in none of these is refused: it would come out garbled.
        return decoded("gb18030");
      }
    },

    // Whether an error is one at which the module, or its twin, has ended without
    // a word: no memory left, calls too deep, a trap. It begins in one of ours:
    // what a listener of the host does wrong may have been called by us as well.
    hasEnded(error, ours) {
      const kinds = [self.WebAssembly && WebAssembly.RuntimeError, RangeError, self.InternalError];
      const isTrap = kinds.some((kind) => kind && error instanceof kind) || error instanceof Error && error.message === "abort";
      const first = isTrap && String(error.stack).split("\n").find((line) => /^\s*at |@/.test(line)) || "";
      return isTrap && ours.some((name) => first.includes(name));
    },

    // The places of the page have addresses, and Back and Forward go through them.
    // Where nothing is kept, one more entry lies before the first place, so that
    // the way back out asks; phones ask nothing of themselves. Its address is the
    // same, and whoever would lose nothing passes it unasked.
    addresses(place, addressIn) {
      const { scrollRestoration } = history;
      let first = null;
      let now = null;
      let here = 0;
      let isUnkept = false;
      let isLeaving = false;
      const state = () => history.state && history.state.laborBrandAssessment || { depth: 0 };
      const write = (deed, next, address) => {
        const [, others] = addressIn(location.hash);
        try {
          const all = Object.assign({}, deed === "replaceState" && history.state, { laborBrandAssessment: next });
          history[deed](all, "", address ? "#" + [address, ...others].join("&") : location.href);
        } catch (_) {
          // A document without an address has no places, and some browsers take only so many in a minute.
        }
      };
      const guard = () => {
        if (!isUnkept || state().depth || state().isGuarded) return;
        write("replaceState", { isOut: true, depth: 0 });
        write("pushState", { isGuarded: true, depth: 0 });
      };
      // How far each entry was scrolled. What goes back there wants to go on where it was.
      const heights = {};
      const scrolled = () => heights[state().depth] = window.scrollY;
      const scrollBack = (to, height, frames) => requestAnimationFrame(() => {
        if (now !== to || !frames) return;
        // The heading has the focus by the second frame; what is fetched comes later.
        const isDrawn = document.documentElement.scrollHeight - window.innerHeight >= height;
        if (isDrawn && frames < 60) window.scrollTo(0, height);
        else scrollBack(to, height, frames - 1);
      });
      const moved = () => {
        const { page } = place;
        const [address, others] = addressIn(location.hash);
        const { depth } = state();
        const height = heights[depth];
        if (!page) return;
        // Back shuts a question that is asked, and leaves the place only then.
        const question = document.querySelector("dialog[open] [data-action='cancel']");
        if (question && depth !== here && !state().isOut) {
          question.click();
          history.go(here - depth);
          return;
        }
        here = depth;
        if (state().isOut) {
          history.forward();
          page.set("leave", "");
        } else if (address || !others.some((other) => !other.includes("="))) {
          now = address || first;
          page.set("step", now);
          if (height) scrollBack(now, height, 62);
          guard();
        }
      };
      const unload = (event) => {
        if (isLeaving) event.stopImmediatePropagation();
      };
      // The browser would scroll before the place is drawn; a page that is loaded anew is
      // where it was.
      const hidden = () => history.scrollRestoration = scrollRestoration;
      const shown = () => history.scrollRestoration = "manual";
      if (state().isOut) write("replaceState", { depth: 0 });
      const heard = { popstate: moved, pagehide: hidden, pageshow: shown, scroll: scrolled };
      for (const name in heard) window.addEventListener(name, heard[name]);
      window.addEventListener("beforeunload", unload, true);
      return {
        place({ address, unkept }) {
          isUnkept = unkept;
          if (now === null) {
            first = now = address;
            here = state().depth;
            shown();
          } else if (address !== now) {
            now = address;
            write("pushState", { depth: state().depth + 1 }, address);
            here = state().depth;
            heights[here] = 0;
          }
          guard();
        },
        leave() {
          isLeaving = true;
          history.go(-2);
        },
        end() {
          hidden();
          for (const name in heard) window.removeEventListener(name, heard[name]);
          window.removeEventListener("beforeunload", unload, true);
        },
      };
    },

    // What the page can offer here: ways for files to go, and where the guide is.
    offers(inWechat, guide) {
      const offers = {};
      if (inWechat) offers["shows-files"] = "yes";
      else if (aid.sharable()) offers["shares-files"] = "yes";
      // One file has the guide within, and shows it where its address names it.
      if (guide) offers.guide = guide;
      else if (document.getElementById("lba-guide")) offers.guide = "#lba-guide";
      return offers;
    },

    sharable() {
      try {
        return navigator.canShare({ files: [file({ name: "a.html", mime: "text/html", text: "" })] });
      } catch (_) {
        return false;
      }
    },

    async share(given, answer) {
      try {
        await navigator.share({ files: [file(given)], title: given.name });
      } catch (error) {
        // Who shuts the list of programs has changed their mind.
        if (!error || error.name !== "AbortError") answer("not-shared");
      }
    },

    // Leaves only the element on the page, and gives a function that brings the
    // rest back. Styles are set by script, which no security policy forbids.
    alone(element, paper) {
      const changed = [];
      const set = (node, styles) => {
        if (!node.style) return;
        changed.push([node, node.style.cssText]);
        for (const name in styles) node.style.setProperty(name, styles[name], "important");
      };
      const plain = {
        display: "block", position: "static", float: "none", transform: "none", overflow: "visible",
        margin: "0", padding: "0", border: "0", width: "auto", "max-width": "none", height: "auto", "max-height": "none",
        opacity: "1", filter: "none",
        // Text beside it takes no room; the element itself has a size of its own.
        "font-size": "0",
      };
      for (let node = element; node !== document.documentElement && node;) {
        const parent = node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentNode;
        for (const other of node.parentNode.childNodes) if (other !== node) set(other, { display: "none" });
        if (parent && parent.nodeType === 1) set(parent, plain);
        node = parent;
      }
      const sheets = document.adoptedStyleSheets && [...document.adoptedStyleSheets];
      try {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(paper);
        document.adoptedStyleSheets = [...sheets, sheet];
      } catch (_) {
        // An older browser keeps its own margins.
      }
      return () => {
        if (sheets) document.adoptedStyleSheets = sheets;
        for (const [node, style] of changed.reverse()) {
          node.style.cssText = style;
          if (!style) node.removeAttribute("style");
        }
      };
    },
  };
  return aid;
})()
