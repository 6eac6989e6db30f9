package io.dermaga.masking;

/** Everything. */
record WholeMask() implements Mask {

    @Override
    public String apply(String text) {
        return Mask.cover(text.length());
    }
}
