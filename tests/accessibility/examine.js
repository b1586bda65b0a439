// Runs axe-core on the document and calls `done` with what it found. `given`
// holds the tags of rules and the answers to what axe-core cannot decide.
const { tags, answers } = given;
const rules = {};
for (const rule of axe.getRules(tags)) rules[rule.ruleId] = { enabled: true };
// Another's page around the element is not ours to correct.
const ours = (node) => root === document || root.contains(node.element);
const outer = (node) => node.html.slice(0, 160);
// The checks that did not come to a result, each with the reason it gives.
const checks = (node) => [].concat(node.any, node.all, node.none).map((check) =>
  check.id + (check.data && check.data.messageKey ? ":" + check.data.messageKey : ""));
const answered = (rule, keys, element) => answers.findIndex((answer) =>
  answer.rule === rule && answer.check.split(" | ").some((check) => keys.includes(check)) && element.closest(answer.within));

axe.run(document, { rules, iframes: false, elementRef: true, resultTypes: ["violations", "incomplete"] }).then((found) => {
  const ran = [].concat(found.passes, found.violations, found.incomplete, found.inapplicable);
  const used = [];
  const open = [];
  for (const rule of found.incomplete) {
    for (const node of rule.nodes.filter(ours)) {
      const keys = checks(node);
      const place = answered(rule.id, keys, node.element);
      if (place < 0) open.push(rule.id + " [" + keys.join(" ") + "] " + outer(node));
      else if (!used.includes(place)) used.push(place);
    }
  }
  const wrong = [];
  for (const rule of found.violations) {
    for (const node of rule.nodes.filter(ours)) wrong.push(rule.id + ": " + outer(node) + " " + node.failureSummary.slice(0, 300));
  }
  const matched = [].concat(found.passes, found.violations, found.incomplete).map((rule) => rule.id);
  done({ ran: ran.map((rule) => rule.id), matched, wrong, open, used });
}, (error) => done({ failed: String(error) }));
