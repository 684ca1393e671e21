// scrollama 3.2.0's own types do not match its code (shared research, style.md 4.6): this is what we use of it.
declare module 'scrollama' {
  type Callback = (response: { readonly element: Element }) => void;
  interface Scroller {
    setup(options: { step: string }): Scroller;
    /** Where a step begins, in pixels from the top of the viewport ('120px'). Observes anew, as `resize` does. */
    offset(value: string): Scroller;
    onStepEnter(callback: Callback): Scroller;
    onStepExit(callback: Callback): Scroller;
  }
  export default function scrollama(): Scroller;
}
