/** How far a step has come. */
export interface AssessmentProgress {
  /** What is done. */
  readonly done: number;
  /** What there is to do. */
  readonly all: number;
  /** What is wrong. */
  readonly faults: number;
}

export type AssessmentStep =
  | "precheck" | "questions" | "form" | "eligibility" | "score" | "evidence" | "review";

/** What `assessment-change` tells. Never names, numbers of identity or accounts. */
export interface AssessmentResult {
  /** The applicant's own total, in points. */
  readonly total: number;
  /** The total in the strict and in the lenient reading. */
  readonly range: { readonly strict: number; readonly lenient: number };
  /** The total if every open row came out full. */
  readonly ceiling: number;
  readonly eligibility: "eligible" | "ineligible" | "unknown";
  readonly step: AssessmentStep;
  readonly progress: Readonly<Record<Exclude<AssessmentStep, "review">, AssessmentProgress>>;
}

export interface AssessmentReady {
  readonly version: string;
  /** SHA-256 of the policy in force. */
  readonly policy: string;
}

export interface AssessmentExport {
  readonly kind: "json" | "html" | "print" | "docx" | "csv" | "png";
}

export interface AssessmentError {
  readonly reason: "old" | "load" | "panic" | "policy" | "policy-fallback" | "case";
  /** The sentence that is shown. */
  readonly message: string;
  /** What happened, for the console. */
  readonly cause: string;
}

export interface LaborBrandAssessmentEventMap {
  "assessment-ready": CustomEvent<AssessmentReady>;
  "assessment-change": CustomEvent<AssessmentResult>;
  "assessment-export": CustomEvent<AssessmentExport>;
  "assessment-error": CustomEvent<AssessmentError>;
}

/**
 * `<labor-brand-assessment>`, which importing this package registers. Each
 * property reflects the attribute of its name.
 */
export interface LaborBrandAssessmentElement extends HTMLElement {
  /** Address of a policy as canonical JSON; the built-in one where empty. */
  policy: string;
  /** `built-in`: where the policy is refused, the built-in one takes its place. */
  policyFallback: "built-in" | "";
  /** Address of a case file to begin with, where no draft is kept. */
  case: string;
  /** The open step, or a place in it as its address names it: `questions/finance`. */
  step: AssessmentStep | `${AssessmentStep}/${string}` | "";
  /** The key of the draft; elements of one page need one each. */
  storageKey: string;
  storage: "none" | "session" | "persistent" | "";
  /** Where it is set, the places of the page are in the address and the history of the host's page. */
  addresses: string;
  theme: "normal" | "auto" | "light" | "dark" | "contrast" | "";
  textSize: "normal" | "large" | "";
  /** The case file as text, without the numbers of identity and account. */
  exportCase(): Promise<string>;
  /** Opens a case file, in any encoding and form that 打开文件 takes. Rejects with the sentence for the user where it is none. */
  importCase(file: Blob | string | object): Promise<void>;
  /** Prints the forms; asks first where private entries were made. */
  print(): Promise<void>;
  /** Wipes the case and its draft. Rejects with the sentence for the user where the draft could not be wiped. */
  reset(): Promise<void>;
  addEventListener<K extends keyof LaborBrandAssessmentEventMap>(
    type: K,
    listener: (this: LaborBrandAssessmentElement, event: LaborBrandAssessmentEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "labor-brand-assessment": LaborBrandAssessmentElement;
  }
}
