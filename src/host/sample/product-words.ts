// What the sample's products are called, and how their kinds were spelled.

/** A kind of product: the names under which it went over the years. */
export interface Shelf {
  readonly prefix: string;
  readonly nouns: readonly string[];
  readonly spellings: readonly string[];
}

export const shelves: readonly Shelf[] = [
  {
    prefix: 'ELE',
    nouns: ['Headphones', 'Camera', 'Monitor', 'Laptop', 'Phone', 'Loudspeaker'],
    spellings: ['electronics', 'Electronics', 'Electronic', 'electronic', 'computers', 'COMPUTERS'],
  },
  {
    prefix: 'CLO',
    nouns: ['Shirt', 'Jacket', 'Trousers', 'Scarf', 'Dress'],
    spellings: ['clothes', 'Clothing', 'clothing', 'apparel', 'CLOTHES'],
  },
  {
    prefix: 'BOK',
    nouns: ['Atlas', 'Cookbook', 'Novel', 'Dictionary'],
    spellings: ['book', 'books', 'Books', ' Book '],
  },
  {
    prefix: 'HOM',
    nouns: ['Lamp', 'Chair', 'Kettle', 'Teapot', 'Blanket'],
    spellings: ['home & kitchen', 'Home & Kitchen', 'HOME & KITCHEN'],
  },
  { prefix: 'GAR', nouns: ['Rake', 'Hose', 'Planter'], spellings: ['garden', 'GARDEN', 'Garden'] },
  { prefix: 'TOY', nouns: ['Puzzle', 'Kite', 'Train Set'], spellings: ['toys', 'Toys', 'board games'] },
];

export const adjectives: readonly string[] = [
  'Classic',
  'Compact',
  'Sturdy',
  'Quiet',
  'Nordic',
  'Élégante',
  'Light',
  'Große',
  'Everyday',
  'Deluxe',
];

export const colours: readonly string[] = ['blue', 'red', 'green', 'black', 'white', 'crème', 'grå'];
export const sizes: readonly string[] = ['small', 'medium', 'large', 'XL', '42'];
export const materials: readonly string[] = ['steel', 'oak', 'cotton', 'wool', 'paper', 'glass'];

/** Attributes that say nothing a program could read. */
export const nonsense: readonly string[] = [
  'see catalogue',
  '???',
  'blue / medium',
  '{"color": "blue", "size":',
  'color blue; size medium',
  'color=blue;size',
];
