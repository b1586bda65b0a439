// The store of a desk in IndexedDB; it comes with the glue. Each call is one
// transaction: it reads what it is asked for, has it decided what is written for
// that, and is done when the disk has it. Its promise is broken with "refused"
// where nothing can ever have been in that place.
(() => {
  const STORE = "desk";
  const PATIENCE = 2500;
  const REFUSED = "refused";
  let opened = null;

  const open = () => opened = opened || new Promise((resolve, reject) => {
    if (!self.indexedDB) throw new Error(REFUSED);
    const request = indexedDB.open("labor-brand-desk", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = () => opened = null;
      database.onversionchange = () => {
        opened = null;
        database.close();
      };
      resolve(database);
    };
  });

  const from = (beginning) => IDBKeyRange.bound(beginning, beginning + "\uffff");

  const once = async (prefix, writes, texts, ranges, lists, decide) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const mode = writes ? "readwrite" : "readonly";
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const store = transaction.objectStore(STORE);
      const own = (key) => key.slice(prefix.length);
      const found = [];
      const listed = [];
      let waiting = 0;
      const read = (request, take) => {
        waiting += 1;
        request.onsuccess = () => {
          take(request.result);
          waiting -= 1;
          if (waiting) return;
          for (const [key, text] of decide(found, listed)) {
            if (text === null) store.delete(prefix + key);
            else store.put(text, prefix + key);
          }
        };
      };
      for (const key of texts) {
        read(store.get(prefix + key), (text) => text === undefined || found.push([key, text]));
      }
      for (const beginning of ranges) {
        let keys = [];
        read(store.getAllKeys(from(prefix + beginning)), (all) => keys = all);
        read(store.getAll(from(prefix + beginning)), (all) => {
          all.forEach((text, place) => found.push([own(keys[place]), text]));
        });
      }
      for (const beginning of lists) {
        read(store.getAllKeys(from(prefix + beginning)), (all) => listed.push(...all.map(own)));
      }
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  };

  const within = (work) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("no answer")), PATIENCE);
    work.then(resolve, reject);
  });

  // Firefox once had no such place in private windows. Any other fault may
  // leave what was written where it is.
  const isRefused = ({ name, message }) => name === "SecurityError" || message === REFUSED
    || name === "InvalidStateError" && message.includes("did not allow mutations");

  let asked = false;

  const transact = async (prefix, writes, ...rest) => {
    if (writes && !asked && navigator.storage && navigator.storage.persist) {
      // After the first change of a sitting: tools that make room then leave it alone.
      asked = true;
      navigator.storage.persist().catch(() => {});
    }
    try {
      return await within(once(prefix, writes, ...rest));
    } catch (_) {
      // What was open may have been shut, as when all is wiped.
      opened = null;
    }
    try {
      return await within(once(prefix, writes, ...rest));
    } catch (fault) {
      throw fault && isRefused(fault) ? new Error(REFUSED) : fault;
    }
  };

  // What the first version kept under a key in a database of its own; with
  // `empties` it is taken away, and what is given is what is left.
  transact.former = (key, empties) => within(new Promise((resolve, reject) => {
    if (!self.indexedDB) throw new Error(REFUSED);
    const request = indexedDB.open("labor-brand-assessment", 1);
    // Where there is none, none is made.
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = (event) => {
      event.preventDefault();
      if (request.error.name === "AbortError") resolve([]);
      else reject(request.error);
    };
    request.onsuccess = () => {
      const database = request.result;
      const transaction = database.transaction("drafts", "readwrite", { durability: "strict" });
      const store = transaction.objectStore("drafts");
      const all = IDBKeyRange.bound(key + "/", key + "/~");
      if (empties) store.delete(all);
      const found = store.getAll(all);
      transaction.oncomplete = () => {
        database.close();
        resolve(found.result);
      };
      transaction.onabort = () => reject(transaction.error);
    };
  })).catch((fault) => {
    if (!isRefused(fault)) throw fault;
    return [];
  });

  return transact;
})()
