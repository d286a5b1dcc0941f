/** A growing list of line numbers in ascending order, from which the first are dropped. */
export class LineNumbers {
  #numbers = new Uint32Array(1024);
  #start = 0;
  #end = 0;
  /** How many numbers were dropped; places count from the first number that was ever added. */
  #dropped = 0;

  /** How many numbers the list has. */
  get count(): number {
    return this.#end - this.#start;
  }

  /** The place of the first number that the list has. */
  get first(): number {
    return this.#dropped;
  }

  /** The place after the last number. */
  get end(): number {
    return this.#dropped + this.count;
  }

  push(number: number): void {
    if (this.#end === this.#numbers.length) this.#makeRoom(1);
    this.#numbers[this.#end] = number;
    this.#end += 1;
  }

  pushAll(numbers: Uint32Array): void {
    if (this.#end + numbers.length > this.#numbers.length) this.#makeRoom(numbers.length);
    this.#numbers.set(numbers, this.#end);
    this.#end += numbers.length;
  }

  /** The number at a place. */
  at(place: number): number | undefined {
    const index = place - this.#dropped;
    return index < 0 || index >= this.count ? undefined : this.#numbers[this.#start + index];
  }

  /** The place of the first number that is not smaller. */
  placeOf(number: number): number {
    let low = this.#start;
    let high = this.#end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#numbers[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return this.#dropped + low - this.#start;
  }

  has(number: number): boolean {
    return this.at(this.placeOf(number)) === number;
  }

  /** Drops all smaller numbers. */
  dropBefore(number: number): void {
    const place = this.placeOf(number);
    this.#start += place - this.#dropped;
    this.#dropped = place;
  }

  #makeRoom(more: number): void {
    const { count } = this;
    const size = Math.max(2 * (count + more), 1024);
    const next = new Uint32Array(size);
    next.set(this.#numbers.subarray(this.#start, this.#end));
    this.#numbers = next;
    this.#start = 0;
    this.#end = count;
  }
}
