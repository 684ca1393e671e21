// scrollama 3.2.0's own types do not match its code (shared research, style.md 4.6): this is what we use of it.
declare module 'scrollama' {
  interface Scroller {
    setup(options: { step: string; offset?: number }): Scroller;
    onStepEnter(callback: () => void): Scroller;
    onStepExit(callback: () => void): Scroller;
    resize(): Scroller;
  }
  export default function scrollama(): Scroller;
}
