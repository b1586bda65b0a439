// Records of drafts in IndexedDB; it comes with the glue. The promise of a
// deed is kept when the disk has what was written, and broken where it has
// not: with "refused" where nothing can ever have been in that place.
(() => {
  const STORE = "drafts";
  const PLACES = ["now", 0, 1, 2, 3];
  const PATIENCE = 2500;
  const REFUSED = "refused";
  let opened = null;

  const open = () => opened = opened || new Promise((resolve, reject) => {
    if (!self.indexedDB) throw new Error(REFUSED);
    const request = indexedDB.open("labor-brand-assessment", 1);
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

  const head = (record) => record ? record.split("\n", 1)[0] : "";
  const writer = (record) => head(record).split(" ")[3];
  const all = (key) => IDBKeyRange.bound(key + "/", key + "/~");

  // Each begins its work in a store and gives a function of what came of it.
  const DEEDS = {
    read(store, key) {
      const found = PLACES.map((place) => store.get(key + "/" + place));
      return () => found.map((request) => request.result);
    },

    // Writes over the record of that head alone, or over one of the same page,
    // which it was told is not kept; gives the head of any other that is there.
    // Behind it come places and what goes there: a text, or the record before.
    write(store, key, expected, record, ...aside) {
      let other = null;
      const present = store.get(key + "/now");
      present.onsuccess = () => {
        const before = present.result;
        // Where the answer to a first try was lost, it is there already.
        if (head(before) === head(record)) return;
        const own = writer(before) && writer(before) === writer(record);
        if (head(before) !== expected && !own) {
          other = head(before);
          return;
        }
        for (let at = 0; at < aside.length; at += 2) {
          const text = aside[at + 1] || before;
          if (text) store.put(text, key + "/" + aside[at]);
        }
        store.put(record, key + "/now");
      };
      return () => other;
    },

    shelve(store, key, place, record) {
      if (record) store.put(record, key + "/" + place);
      else store.delete(key + "/" + place);
      return () => null;
    },

    // Takes texts away again: behind each place the one that is to be there still.
    withdraw(store, key, ...texts) {
      for (let at = 0; at < texts.length; at += 2) {
        const place = key + "/" + texts[at];
        const present = store.get(place);
        present.onsuccess = () => {
          if (present.result === texts[at + 1]) store.delete(place);
        };
      }
      return () => null;
    },

    // Gives how many are left.
    clear(store, key) {
      store.delete(all(key));
      const left = store.count(all(key));
      return () => left.result;
    },
  };

  const once = async (name, rest) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const mode = name === "read" ? "readonly" : "readwrite";
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const found = DEEDS[name](transaction.objectStore(STORE), ...rest);
      transaction.oncomplete = () => resolve(found());
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  };

  const within = (work) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("no answer")), PATIENCE);
    work.then(resolve, reject);
  });

  // Firefox once had no such place in private windows. Any other fault may
  // leave what was written where it is.
  const isRefused = ({ name, message }) => name === "SecurityError"
    || name === "InvalidStateError" && message.includes("did not allow mutations");

  let asked = false;

  return async (name, ...rest) => {
    if (name === "write" && !asked && navigator.storage && navigator.storage.persist) {
      // After the first change of a sitting: tools that make room then leave it alone.
      asked = true;
      navigator.storage.persist().catch(() => {});
    }
    try {
      return await within(once(name, rest));
    } catch (_) {
      // What was open may have been shut, as when all is wiped.
      opened = null;
    }
    try {
      return await within(once(name, rest));
    } catch (fault) {
      throw fault && isRefused(fault) ? new Error(REFUSED) : fault;
    }
  };
})()
